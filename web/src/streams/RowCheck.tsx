import classes from './Streams.module.css';

/** Whether a row comes along: wholly, partly or not. A plain one, for what `RowButton` says. */
export function RowCheck({
  label,
  title,
  isChecked,
  isPartly = false,
  isDisabled = false,
  onChange,
}: {
  label: string;
  title?: string | undefined;
  isChecked: boolean;
  isPartly?: boolean;
  isDisabled?: boolean;
  onChange: () => void;
}) {
  return (
    <input
      ref={(box) => {
        if (box !== null) {
          box.indeterminate = isPartly;
        }
      }}
      type="checkbox"
      tabIndex={-1}
      className={classes.check}
      aria-label={label}
      title={title}
      checked={isChecked}
      disabled={isDisabled}
      onChange={onChange}
    />
  );
}
