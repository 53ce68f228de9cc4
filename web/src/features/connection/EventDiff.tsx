import { useSay } from '../../i18n/i18n';
import classes from './Connection.module.css';

/** What became of a stream at the source, and what somebody made of it. */
export interface StreamDiff {
  verdict: 'accepted' | 'ignored' | undefined;
  stream: string;
  kind: 'added' | 'removed' | 'changed';
  details: string[];
}

const SIGNS = { added: '+', removed: '–', changed: '~' } as const;
const MOST = 20;

/** The changes of streams that an event tells of; none where it is about something else. */
export function diffsOf(summary: Record<string, unknown>): StreamDiff[] {
  return [
    ...changes(summary, undefined),
    ...changes(summary.accepted, 'accepted'),
    ...changes(summary.ignored, 'ignored'),
  ];
}

function changes(told: unknown, verdict: StreamDiff['verdict']): StreamDiff[] {
  const { streams } = (told ?? {}) as { streams?: unknown };
  if (!Array.isArray(streams)) {
    return [];
  }
  return (streams as unknown[]).flatMap((each) => {
    // The streams of a run are names; those of a change say what changed.
    const { stream, kind, details } = (each ?? {}) as { stream?: unknown; kind?: unknown; details?: unknown };
    const known = (Object.keys(SIGNS) as StreamDiff['kind'][]).find((one) => one === kind);
    if (typeof stream !== 'string' || known === undefined) {
      return [];
    }
    const words = (Array.isArray(details) ? (details as unknown[]) : []).flatMap((detail) => {
      const { words: said } = (detail ?? {}) as { words?: unknown };
      return typeof said === 'string' ? [said] : [];
    });
    return [{ verdict, stream, kind: known, details: words }];
  });
}

/** Stream by stream, what is another now. */
export function EventDiff({ diffs }: { diffs: StreamDiff[] }) {
  const say = useSay();
  return (
    <ul className={classes.diff}>
      {diffs.slice(0, MOST).map(({ verdict, stream, kind, details }) => (
        <li key={`${verdict ?? ''} ${stream}`} data-diff={kind}>
          <strong>
            <span aria-hidden="true">{SIGNS[kind]}</span>{' '}
            <span className="sl-visually-hidden">{say(`schema.kind.${kind}`)}</span> {stream}
          </strong>
          {verdict !== undefined && ` (${say(`event.verdict.${verdict}`)})`}
          {details.length > 0 && `: ${details.join('; ')}`}
        </li>
      ))}
      {diffs.length > MOST && <li>{say('event.moreChanges', { count: diffs.length - MOST })}</li>}
    </ul>
  );
}
