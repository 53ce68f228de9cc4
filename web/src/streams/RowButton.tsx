import type { RefObject } from 'react';
import { Icon, type IconName } from '../ui/icons';
import classes from './Streams.module.css';

/**
 * A small button in a row of the grid. It is a plain one, and what it opens is made when it is opened: dozens of rows are drawn
 * anew with each letter that somebody types.
 */
export function RowButton({
  label,
  title = label,
  icon,
  isPressed,
  own,
  onClick,
}: {
  label: string;
  title?: string;
  icon: IconName;
  isPressed?: boolean;
  own?: RefObject<HTMLButtonElement | null>;
  onClick: () => void;
}) {
  return (
    <button
      ref={own}
      type="button"
      tabIndex={-1}
      className={classes.small}
      aria-label={label}
      aria-pressed={isPressed}
      title={title}
      onClick={onClick}
    >
      <Icon name={icon} size={14} />
    </button>
  );
}

/** Whoever walks through the rows by the keys goes on there once what they have opened is closed. */
export function backToGrid(from: HTMLElement | null): void {
  from?.closest<HTMLElement>('[role="treegrid"]')?.focus();
}
