import classes from './actors.module.css';
import { hueOf, lettersOf } from './connectorLook';

/** A tile with the letters of a connector. Its name stands beside it. */
export function ConnectorIcon({ name, size = 28 }: { name: string; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 28 28"
      aria-hidden="true"
      focusable="false"
      className={classes.tile}
    >
      <rect width="28" height="28" rx="6" fill={`hsl(${hueOf(name)} 45% 36%)`} />
      <text x="14" y="18.5" textAnchor="middle" fontSize="11.5" fontWeight="600" fill="#fff">
        {lettersOf(name)}
      </text>
    </svg>
  );
}
