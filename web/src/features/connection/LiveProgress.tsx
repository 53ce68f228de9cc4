import { Progress, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JobDetail } from '../../api/schema';
import { useSay, type Say } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { StatusChip } from '../../ui/StatusChip';
import { duration, jobStreams } from '../../api/jobs';
import classes from './Connection.module.css';
import { estimate, paceAfter, share, type Estimate, type Pace } from './pace';

const ENDED = new Set(['complete', 'already_complete', 'failed', 'cancelled']);

/** How far a run is: what it has read and loaded, how fast, and how long it takes where that can be told. */
export function LiveProgress({ job }: { job: JobDetail }) {
  const say = useSay();
  const format = useFormat();
  const attempt = job.attempts.at(-1)?.number ?? 0;
  const streams = useQuery({ ...jobStreams(job.jobId, attempt, true), enabled: job.attempts.length > 0 });
  const loaded = job.progress?.recordsCommitted ?? 0;
  const read = job.progress?.recordsRead ?? 0;
  const [pace, setPace] = useState<Pace>();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  // A look at the numbers is a look at the clock as well: the pace is of both.
  const [seen, setSeen] = useState(-1);
  if (seen !== read) {
    setSeen(read);
    setPace(paceAfter(pace, now, read));
  }
  const elapsed = duration(job, now) ?? 0;
  const progress = (streams.data?.data ?? []).map((stream) => ({
    done: stream.recordsBefore + stream.recordsCommitted + stream.recordsFiltered + stream.recordsRejected,
    expected: stream.recordsExpected,
    isEnded: ENDED.has(stream.status),
  }));
  const isWhole = streams.data?.next === '';
  const percent = isWhole ? share(progress) : job.progress?.percent;
  const left = isWhole ? estimate(progress, pace?.rate, elapsed) : ({ kind: 'none' } as const);
  const number = (label: string, value: string) => (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <section className={`sl-card ${classes.live ?? ''}`} aria-label={say('live.label')} data-live>
      <StatusChip
        status={job.isCancelWished ? 'cancelling' : job.status}
        label={
          job.isCancelWished
            ? undefined
            : say(`live.phase.${job.status === 'running' ? phase(job) : 'waiting'}`)
        }
      />
      <dl className={classes.numbers}>
        {number(say('count.read'), format.count(read))}
        {number(say('count.loaded'), format.count(loaded))}
        {number(say('jobs.bytes'), format.bytes(job.progress?.bytesRead ?? 0))}
        {number(
          say('live.rate'),
          pace?.rate === undefined
            ? '–'
            : say('live.perSecond', { count: format.short(Math.round(pace.rate)) }),
        )}
        {number(
          say('live.mean'),
          elapsed < 1 ? '–' : say('live.perSecond', { count: format.short(Math.round(read / elapsed)) }),
        )}
        {number(say('live.elapsed'), format.duration(elapsed))}
        {job.progress !== undefined &&
          number(
            say('jobs.streams'),
            say('jobs.streamsOf', { ended: job.progress.streamsEnded, all: job.progress.streams }),
          )}
        {attempt > 0 && number(say('live.attempt'), format.count(attempt + 1))}
      </dl>
      {percent === undefined ? (
        <Progress.Root>
          <Progress.Section
            value={100}
            animated
            striped
            // Full to the eye it means that something moves; said as a hundred percent it would mean that all is done.
            withAria={false}
            role="progressbar"
            aria-label={say('progress.label')}
            aria-valuetext={say('live.unknown')}
          />
        </Progress.Root>
      ) : (
        <Progress value={percent} aria-label={say('progress.label')} />
      )}
      <Text size="sm" c="dimmed" mt={6}>
        {left.kind === 'none' ? say('live.noEstimate') : words(say, left)}{' '}
        <GoLink to="/w/$ws/jobs/$jobId" params={{ jobId: String(job.jobId) }} className={classes.link}>
          {say('live.log')}
        </GoLink>
      </Text>
    </section>
  );
}

function phase(job: JobDetail): 'starting' | 'reading' | 'finishing' {
  const { progress } = job;
  if (progress === undefined || progress.recordsRead === 0) {
    return 'starting';
  }
  return progress.streams > 0 && progress.streamsEnded === progress.streams ? 'finishing' : 'reading';
}

/** About how long it still takes; never more exact than one can be. */
export function words(say: Say, left: Exclude<Estimate, { kind: 'none' }>): string {
  if (left.kind === 'longer') {
    return say('live.longer');
  }
  const high = Math.ceil(left.high / 60);
  const low = Math.max(1, Math.floor(left.low / 60));
  if (high <= 1) {
    return say('live.soon');
  }
  return low === high ? say('live.minutes', { count: high }) : say('live.range', { low, high });
}
