import type { MessageId } from '../i18n/messages';
import { useSay } from '../i18n/i18n';
import { Icon, type IconName } from './icons';
import classes from './StatusChip.module.css';

type Tone = 'ok' | 'warn' | 'error' | 'running' | 'queued' | 'off';

interface Look {
  tone: Tone;
  icon: IconName;
}

const OK: Look = { tone: 'ok', icon: 'circleCheck' };
const WARN: Look = { tone: 'warn', icon: 'warn' };
const ERROR: Look = { tone: 'error', icon: 'octagon' };
const RUNNING: Look = { tone: 'running', icon: 'refresh' };
const QUEUED: Look = { tone: 'queued', icon: 'clock' };
const OFF: Look = { tone: 'off', icon: 'pause' };

/** Each status of the server: its colour, and a shape for those who do not see colours. */
const LOOKS = {
  healthy: OK,
  succeeded: OK,
  synced: OK,
  active: OK,
  running: RUNNING,
  syncing: RUNNING,
  refreshing: RUNNING,
  clearing: RUNNING,
  queued: QUEUED,
  pending: QUEUED,
  queued_for_next_sync: QUEUED,
  failed: ERROR,
  incomplete: WARN,
  needs_review: WARN,
  locked: WARN,
  paused: OFF,
  inactive: OFF,
  deprecated: OFF,
  cancelled: OFF,
  not_synced: QUEUED,
  cancelling: RUNNING,
  synced_with_rejects: WARN,
  succeeded_with_rejects: WARN,
  all_rejected: ERROR,
  waiting: QUEUED,
  preparing: RUNNING,
  publishing: RUNNING,
  complete: OK,
  already_complete: OK,
} as const satisfies Record<string, Look>;

export type Status = keyof typeof LOOKS;

export function isStatus(word: string): word is Status {
  return word in LOOKS;
}

/** A status as a shape, a word and a colour. A word of the server that is not known yet is shown as it is. */
export function StatusChip({ status, label }: { status: string; label?: string }) {
  const say = useSay();
  const look: Look = isStatus(status) ? LOOKS[status] : OFF;
  const word = label ?? (isStatus(status) ? say(`status.${status}` satisfies MessageId) : status);
  return (
    <span className={classes.chip} data-tone={look.tone} data-status={status}>
      <Icon name={look.icon} size={14} className={look === RUNNING ? classes.turning : undefined} />
      <span>{word}</span>
    </span>
  );
}
