import { Button, Select } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api, ok } from '../../api/client';
import type { TimelineEvent } from '../../api/schema';
import { useSay, type Say } from '../../i18n/i18n';
import { useFormat, type Format } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';
import classes from './Connection.module.css';
import { diffsOf, EventDiff } from './EventDiff';
import { useConnectionId } from './useConnectionId';

const GROUPS = {
  runs: ['SYNC', 'REFRESH', 'CLEAR'].flatMap((kind) =>
    ['STARTED', 'SUCCEEDED', 'INCOMPLETE', 'FAILED', 'CANCELLED'].map((end) => `${kind}_${end}`),
  ),
  failures: ['SYNC', 'REFRESH', 'CLEAR'].flatMap((kind) => [`${kind}_INCOMPLETE`, `${kind}_FAILED`]),
  settings: [
    'CONNECTION_SETTINGS_UPDATE',
    'CONNECTION_ENABLED',
    'CONNECTION_DISABLED',
    'CONNECTION_WARNED',
    'SCHEMA_CONFIG_UPDATE',
    'MAPPING_CREATED',
    'MAPPING_EDITED',
    'MAPPING_DELETED',
    'STATE_EDITED',
  ],
  schema: ['SCHEMA_UPDATE', 'SCHEMA_CHANGE_FOUND', 'SCHEMA_CHANGE_REVIEWED'],
} as const;

type Group = keyof typeof GROUPS;
const PAGE = 50;

/** What happened to a connection, the newest first. */
export function TimelineTab() {
  const say = useSay();
  const format = useFormat();
  const id = useConnectionId();
  const go = useNavigate();
  const search: { show?: unknown } = useSearch({ strict: false });
  const group = (Object.keys(GROUPS) as Group[]).find((each) => each === search.show);
  const events = useInfiniteQuery({
    queryKey: ['connection', id, 'timeline', group],
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/timeline', {
          params: {
            path: { connectionId: id },
            query: {
              ...(group === undefined ? {} : { types: GROUPS[group].join(',') }),
              limit: PAGE,
              offset: pageParam,
            },
          },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (page, _all, offset) => (page.next === '' ? undefined : offset + PAGE),
  });
  const all = events.data?.pages.flatMap((page) => page.data) ?? [];
  const days = byDay(all);
  return (
    <>
      <Select
        aria-label={say('timeline.show')}
        placeholder={say('timeline.all')}
        clearable
        w={220}
        mb="sm"
        data={(Object.keys(GROUPS) as Group[]).map((value) => ({
          value,
          label: say(`timeline.group.${value}`),
        }))}
        value={group ?? null}
        onChange={(show) =>
          void go({
            to: '.',
            resetScroll: false,
            search: (show === null ? {} : { show }) as never,
            replace: true,
          })
        }
      />
      {events.isError ? (
        <ErrorCard error={events.error} onRetry={() => void events.refetch()} />
      ) : events.isPending ? (
        <Loading />
      ) : all.length === 0 ? (
        <div className="sl-card">
          <Empty icon="clock" title={say('timeline.none')} text={say('timeline.none.text')} />
        </div>
      ) : (
        <>
          {[...days].map(([date, some]) => (
            <section key={date} aria-label={date}>
              <h2 className={classes.day}>{date}</h2>
              <ol className={`sl-card ${classes.events ?? ''}`}>
                {some.map((event) => (
                  <Event key={event.eventId} event={event} say={say} format={format} />
                ))}
              </ol>
            </section>
          ))}
          {events.hasNextPage && (
            <Button
              variant="default"
              mt="sm"
              loading={events.isFetchingNextPage}
              onClick={() => void events.fetchNextPage()}
            >
              {say('timeline.more')}
            </Button>
          )}
        </>
      )}
    </>
  );
}

/** Events under their days, in their order. */
function byDay(events: TimelineEvent[]): Map<string, TimelineEvent[]> {
  const days = new Map<string, TimelineEvent[]>();
  events.forEach((event) => days.set(day(event), [...(days.get(day(event)) ?? []), event]));
  return days;
}

function day(event: TimelineEvent): string {
  return new Date(event.createdAt).toLocaleDateString(navigator.language, {
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
  });
}

function Event({ event, say, format }: { event: TimelineEvent; say: Say; format: Format }) {
  const details = eventDetails(event.summary, say, format);
  const diffs = diffsOf(event.summary);
  return (
    <li className={classes.event} data-event={event.eventType}>
      <time className={classes.time} dateTime={event.createdAt} title={format.exact(event.createdAt)}>
        {new Date(event.createdAt).toLocaleTimeString(navigator.language, {
          hour: '2-digit',
          minute: '2-digit',
        })}
      </time>
      <StatusChip status={eventTone(event.eventType)} label={eventWords(event.eventType, say)} />
      {event.user !== undefined && (
        <span className={classes.quiet}>{say('timeline.by', { name: event.user })}</span>
      )}
      {event.jobId !== undefined && (
        <GoLink to="/w/$ws/jobs/$jobId" params={{ jobId: String(event.jobId) }} className={classes.link}>
          {say('timeline.job', { id: String(event.jobId) })}
        </GoLink>
      )}
      {details.length > 0 && <span className={classes.details}>{details.join(' · ')}</span>}
      {diffs.length > 0 && <EventDiff diffs={diffs} />}
    </li>
  );
}

const KNOWN = [...GROUPS.runs, ...GROUPS.settings, ...GROUPS.schema, 'CONNECTION_DELETED'];

export function eventWords(type: string, say: Say): string {
  const [first = '', last = ''] = [type.split('_')[0], type.split('_').at(-1)];
  if (['SYNC', 'REFRESH', 'CLEAR', 'REPLAY'].includes(first)) {
    return say(`event.${last as 'STARTED'}`, { kind: say(`jobKind.${first.toLowerCase() as 'sync'}`) });
  }
  return KNOWN.includes(type) ? say(`event.${type as 'CONNECTION_ENABLED'}`) : type;
}

function eventTone(type: string): string {
  if (type.endsWith('SUCCEEDED') || type === 'CONNECTION_ENABLED') {
    return 'succeeded';
  }
  if (type.endsWith('FAILED')) {
    return 'failed';
  }
  if (type.endsWith('INCOMPLETE') || type === 'CONNECTION_WARNED' || type === 'SCHEMA_CHANGE_FOUND') {
    return 'incomplete';
  }
  return type.endsWith('STARTED') ? 'queued' : 'inactive';
}

/** What there is to add to an event, in few words each. */
export function eventDetails(summary: Record<string, unknown>, say: Say, format: Format): string[] {
  const details: string[] = [];
  const number = (name: string) => (typeof summary[name] === 'number' ? summary[name] : undefined);
  const [records, rejected, bytes] = [
    number('recordsLoaded'),
    number('recordsRejected'),
    number('bytesLoaded'),
  ];
  if (records !== undefined) {
    details.push(say('event.records', { count: records }));
  }
  if (bytes !== undefined && bytes > 0) {
    details.push(format.bytes(bytes));
  }
  if (rejected !== undefined && rejected > 0) {
    details.push(say('event.rejected', { count: rejected }));
  }
  const [from, to] = [number('startTimeEpochSeconds'), number('endTimeEpochSeconds')];
  if (from !== undefined && to !== undefined) {
    details.push(format.duration(to - from));
  }
  if (typeof summary.failureReason === 'object' && summary.failureReason !== null) {
    const { message } = summary.failureReason as { message?: unknown };
    details.push(typeof message === 'string' ? message : '');
  }
  if (typeof summary.disabledReason === 'string') {
    details.push(summary.disabledReason);
  }
  if (typeof summary.stream === 'string') {
    details.push(summary.stream);
  }
  if (typeof summary.patch === 'object' && summary.patch !== null) {
    details.push(...Object.entries(summary.patch).map(([name, change]) => patchWords(name, change)));
  }
  if (typeof summary.from === 'string' || typeof summary.to === 'string') {
    details.push(`${text(summary.from)} → ${text(summary.to)}`);
  }
  if (typeof summary.count === 'number') {
    details.push(say('event.changes', { count: summary.count }));
  }
  return details.filter((each) => each !== '');
}

function patchWords(name: string, change: unknown): string {
  const { from, to } = (change ?? {}) as { from?: unknown; to?: unknown };
  return `${name}: ${text(from)} → ${text(to)}`;
}

function text(value: unknown): string {
  return value === undefined || value === null
    ? '–'
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}
