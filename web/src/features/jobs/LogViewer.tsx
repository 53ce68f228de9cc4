import { Button, SegmentedControl, Switch, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { asProblem } from '../../api/problem';
import type { LogLine } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { Icon } from '../../ui/icons';
import { ErrorCard } from '../../ui/states';
import classes from './Jobs.module.css';
import {
  download,
  isFiltered,
  LEVELS,
  LOG_PAGE,
  logCount,
  logPage,
  logPart,
  matches,
  type Level,
  type LogFilter,
} from './logs';

/** So a million lines stay below the height that browsers can draw. */
const LINE = 17;

interface Log {
  jobId: number;
  attempt: number;
  isLive: boolean;
  /** The line that the address names. */
  marked: number | undefined;
  onMark: (line: number) => void;
}

/** The log of an attempt: of a million lines those are fetched and drawn that are in sight. */
export function LogViewer(log: Log) {
  const say = useSay();
  const [level, setLevel] = useState<Level>('INFO');
  const [text, setText] = useState('');
  const [sought] = useDebouncedValue(text, 300);
  const [follows, setFollows] = useState(log.isLive && log.marked === undefined);
  const filter: LogFilter = { level, text: sought };
  const toFirstError = useQuery({
    queryKey: ['log', log.jobId, log.attempt, 'firstError', log.isLive],
    queryFn: async ({ signal }) =>
      (await logPage(log.jobId, log.attempt, { level: 'ERROR' }, 0, 1, signal)).lines[0]?.number ?? null,
  });
  const firstError = toFirstError.data ?? undefined;
  return (
    <section className="sl-card" aria-label={say('log.label')}>
      <div className={classes.tools}>
        <SegmentedControl
          size="xs"
          aria-label={say('log.level')}
          value={level}
          onChange={(value) => setLevel(value)}
          data={LEVELS.map((value) => ({ value, label: say(`log.level.${value}`) }))}
        />
        <TextInput
          size="xs"
          type="search"
          w={240}
          maxLength={200}
          aria-label={say('log.search')}
          placeholder={say('log.search')}
          leftSection={<Icon name="search" />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {firstError !== undefined && !isFiltered(filter) && (
          <Button
            size="xs"
            variant="subtle"
            onClick={() => {
              setFollows(false);
              log.onMark(firstError);
            }}
          >
            {say('log.firstError')}
          </Button>
        )}
        {log.isLive && (
          <Switch
            size="xs"
            label={say('log.follow')}
            checked={follows}
            onChange={(event) => setFollows(event.currentTarget.checked)}
          />
        )}
        <Button
          size="xs"
          variant="default"
          ml="auto"
          leftSection={<Icon name="destination" />}
          onClick={() =>
            void download(log.jobId, log.attempt, filter).catch((failure: unknown) =>
              notifications.show({ message: asProblem(failure).message, color: 'red' }),
            )
          }
        >
          {say(isFiltered(filter) ? 'log.downloadFiltered' : 'log.download')}
        </Button>
      </div>
      {isFiltered(filter) ? (
        <Found key={`${level} ${sought}`} log={log} filter={filter} />
      ) : (
        <Whole log={log} follows={follows} onScrollUp={() => setFollows(false)} />
      )}
    </section>
  );
}

/** All lines, each at its place. */
function Whole({ log, follows, onScrollUp }: { log: Log; follows: boolean; onScrollUp: () => void }) {
  const say = useSay();
  const counted = useQuery(logCount(log.jobId, log.attempt, log.isLive));
  const count = counted.data ?? 0;
  const holder = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- see useWindow
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => holder.current,
    estimateSize: () => LINE,
    overscan: 30,
  });
  const items = virtual.getVirtualItems();
  const first = Math.floor((items[0]?.index ?? 0) / LOG_PAGE);
  const last = Math.floor((items.at(-1)?.index ?? 0) / LOG_PAGE);
  const parts = useQueries({
    queries:
      count === 0
        ? []
        : Array.from({ length: last - first + 1 }, (_, each) =>
            logPart(log.jobId, log.attempt, first + each, count),
          ),
  });
  const shown = useRef<number | undefined>(undefined);
  useEffect(() => {
    if (count === 0) {
      return;
    }
    if (log.marked !== undefined && shown.current !== log.marked) {
      shown.current = log.marked;
      scrollTo(
        holder.current,
        Math.min(log.marked, count - 1) * LINE - (holder.current?.clientHeight ?? 0) / 2,
      );
    } else if (follows || shown.current === undefined) {
      // A log is opened at its end, where one sees what happened last.
      shown.current ??= log.marked ?? -1;
      scrollTo(holder.current, count * LINE);
    }
  }, [count, follows, log.marked]);
  if (counted.isError) {
    return <ErrorCard error={counted.error} onRetry={() => void counted.refetch()} />;
  }
  return (
    <>
      <div
        ref={holder}
        className={classes.log}
        role="log"
        aria-live="off"
        tabIndex={0}
        aria-label={say('log.help')}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
          if (by !== 0) {
            // One line further, which stands in the address from then on.
            event.preventDefault();
            onScrollUp();
            log.onMark(Math.min(count - 1, Math.max(0, (log.marked ?? count - (by < 0 ? 0 : 1)) + by)));
          }
        }}
        onWheel={(event) => {
          if (event.deltaY < 0) {
            onScrollUp();
          }
        }}
      >
        <div className={classes.lines} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <Line
              key={index}
              line={parts[Math.floor(index / LOG_PAGE) - first]?.data?.[index % LOG_PAGE]}
              start={start}
              isMarked={log.marked === index}
              onMark={log.onMark}
            />
          ))}
        </div>
      </div>
      <Foot text={count === 0 && counted.isSuccess ? say('log.none') : say('log.count', { count })} />
    </>
  );
}

/** All lines are of the same height, so it is known where each one is. */
function scrollTo(holder: HTMLElement | null, top: number): void {
  if (holder !== null) {
    holder.scrollTop = Math.max(0, top);
  }
}

/** The lines that match; more of them as one scrolls. */
function Found({ log, filter }: { log: Log; filter: LogFilter }) {
  const say = useSay();
  const holder = useRef<HTMLDivElement>(null);
  const found = useInfiniteQuery({
    queryKey: ['log', log.jobId, log.attempt, 'found', filter],
    queryFn: ({ pageParam, signal }) => matches(log.jobId, log.attempt, filter, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next,
  });
  const lines = found.data?.pages.flatMap((page) => page.lines) ?? [];
  // eslint-disable-next-line react-hooks/incompatible-library -- see useWindow
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => holder.current,
    estimateSize: () => LINE,
    overscan: 30,
  });
  const items = virtual.getVirtualItems();
  const isAtEnd = (items.at(-1)?.index ?? -1) >= lines.length - 1;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  useEffect(() => {
    if (isAtEnd && hasNextPage && !isFetchingNextPage) {
      void fetchNextPage();
    }
  }, [isAtEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);
  if (found.isError) {
    return <ErrorCard error={found.error} onRetry={() => void found.refetch()} />;
  }
  return (
    <>
      <div
        ref={holder}
        className={classes.log}
        role="log"
        aria-live="off"
        tabIndex={0}
        aria-label={say('log.label')}
      >
        <div className={classes.lines} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <Line
              key={index}
              line={lines[index]}
              start={start}
              isMarked={lines[index]?.number === log.marked}
              onMark={log.onMark}
            />
          ))}
        </div>
      </div>
      <Foot
        text={
          found.isPending
            ? say('log.searching')
            : say(hasNextPage ? 'log.foundSoFar' : 'log.found', { count: lines.length })
        }
      />
    </>
  );
}

function Foot({ text }: { text: string }) {
  return (
    <Text size="sm" c="dimmed" px="sm" py={6} role="status">
      {text}
    </Text>
  );
}

function Line({
  line,
  start,
  isMarked,
  onMark,
}: {
  line: LogLine | undefined;
  start: number;
  isMarked: boolean;
  onMark: (line: number) => void;
}) {
  const format = useFormat();
  return (
    <div
      className={classes.line}
      style={{ transform: `translateY(${start}px)` }}
      data-level={line?.level}
      data-line={line?.number}
      data-marked={isMarked || undefined}
    >
      {line !== undefined && (
        <>
          <span className={classes.at} title={format.exact(line.at)} onClick={() => onMark(line.number)}>
            {line.at.slice(11, 23)}
          </span>
          <span className={classes.level}>{line.level}</span>
          <span className={classes.origin}>{line.source}</span>
          <span>{line.message}</span>
        </>
      )}
    </div>
  );
}
