import { Alert, Button, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { JobDetail, JobStream } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { CancelButton } from '../../ui/CancelButton';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { Icon } from '../../ui/icons';
import { PageHeader } from '../../ui/PageHeader';
import { ProblemText } from '../../ui/ProblemText';
import { ErrorCard, Loading } from '../../ui/states';
import { StatusChip } from '../../ui/StatusChip';
import { When } from '../../ui/When';
import { LogViewer } from './LogViewer';
import classes from './Jobs.module.css';
import { duration, isOpen, jobDetail, jobStreams, jobWord } from '../../api/jobs';

/** A job: what it did, attempt by attempt, and what it wrote into its log. */
export function JobPage() {
  const say = useSay();
  const { jobId } = useParams({ strict: false });
  const id = Number(jobId);
  const job = useQuery(jobDetail(id));
  if (job.isError) {
    return (
      <>
        <PageHeader title={say('jobs.job')} />
        <ErrorCard error={job.error} onRetry={() => void job.refetch()} />
      </>
    );
  }
  return job.isPending ? <Loading /> : <Shown job={job.data} />;
}

function Shown({ job }: { job: JobDetail }) {
  const say = useSay();
  const format = useFormat();
  const go = useNavigate();
  const search: { attempt?: string; line?: string } = useSearch({ strict: false });
  const last = Math.max(0, job.attempts.length - 1);
  const wished = wholeNumber(search.attempt) ?? last;
  const attempt = Math.min(Math.max(0, wished), last);
  const shown = job.attempts[attempt];
  const isLive = isOpen(job.status) && attempt === last;
  const streams = useQuery({ ...jobStreams(job.jobId, attempt, isLive), enabled: shown !== undefined });
  const took = duration(job);
  const fact = (label: string, value: string | number | undefined) =>
    value === undefined ? null : (
      <div className={classes.fact}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    );
  return (
    <>
      <PageHeader
        title={say('jobs.title', { kind: say(`jobKind.${job.jobType}`), id: String(job.jobId) })}
        status={
          <StatusChip status={job.isCancelWished && isOpen(job.status) ? 'cancelling' : jobWord(job)} />
        }
        actions={
          <>
            {job.connectionId !== undefined && (
              <Button
                component={GoLink}
                variant="default"
                to="/w/$ws/connections/$connectionId/status"
                params={{ connectionId: job.connectionId }}
              >
                {say('jobs.toConnection')}
              </Button>
            )}
            {isOpen(job.status) && <CancelButton jobId={job.jobId} isWished={job.isCancelWished} />}
          </>
        }
      />
      <dl className={`sl-card ${classes.facts ?? ''}`}>
        {fact(say('jobs.duration'), took === undefined ? undefined : format.duration(took))}
        {fact(say('count.read'), job.progress && format.count(job.progress.recordsRead))}
        {fact(
          say('count.loaded'),
          format.count(isOpen(job.status) ? (job.progress?.recordsCommitted ?? 0) : job.records),
        )}
        {fact(say('count.rejected'), format.count(job.rejected))}
        {fact(
          say('jobs.bytes'),
          format.bytes(isOpen(job.status) ? (job.progress?.bytesRead ?? 0) : job.bytes),
        )}
        {job.progress === undefined
          ? null
          : fact(
              say('jobs.streams'),
              say('jobs.streamsOf', { ended: job.progress.streamsEnded, all: job.progress.streams }),
            )}
      </dl>
      <Text size="sm" c="dimmed" mb="sm">
        {say('jobs.wanted')} <When time={job.createdAt} />
      </Text>
      {isOpen(job.status) && job.progress?.percent !== undefined && (
        <Progress value={job.progress.percent} mb="md" aria-label={say('progress.label')} />
      )}
      {job.attempts.length > 1 && (
        <div className={classes.attempts} role="group" aria-label={say('jobs.attempts')}>
          {job.attempts.map((each) => (
            <button
              key={each.number}
              type="button"
              className={classes.attempt}
              aria-pressed={each.number === attempt}
              onClick={() =>
                void go({
                  to: '.',
                  resetScroll: false,
                  search: { attempt: each.number } as never,
                  replace: true,
                })
              }
            >
              {say('jobs.attempt', { number: each.number + 1 })} <StatusChip status={each.status} />
            </button>
          ))}
        </div>
      )}
      <Stack gap="md">
        {shown?.failure !== undefined && (
          <Alert color="red" icon={<Icon name="octagon" size={20} />} role="alert">
            <ProblemText problem={shown.failure} />
            {job.status === 'incomplete' && job.nextAttemptAt !== undefined && (
              <Text size="sm" mt={4}>
                {say('jobs.again')} <When time={job.nextAttemptAt} />
              </Text>
            )}
          </Alert>
        )}
        {streams.data !== undefined && streams.data.data.length > 0 && (
          <StreamResults streams={streams.data.data} />
        )}
        {shown !== undefined && (
          <LogViewer
            key={attempt}
            jobId={job.jobId}
            attempt={attempt}
            isLive={isLive}
            marked={wholeNumber(search.line)}
            onMark={(line) =>
              void go({ to: '.', resetScroll: false, search: { attempt, line } as never, replace: true })
            }
          />
        )}
      </Stack>
    </>
  );
}

function StreamResults({ streams }: { streams: JobStream[] }) {
  const say = useSay();
  const format = useFormat();
  return (
    <section className={`sl-card ${classes.scroll ?? ''}`} aria-label={say('jobs.streams')}>
      <table className="sl-table">
        <thead>
          <tr>
            <th>{say('column.status')}</th>
            <th>{say('column.stream')}</th>
            <th className="sl-number">{say('count.read')}</th>
            <th className="sl-number">{say('count.loaded')}</th>
            <th className="sl-number">{say('count.filtered')}</th>
            <th className="sl-number">{say('count.rejected')}</th>
            <th className="sl-number">{say('jobs.bytes')}</th>
          </tr>
        </thead>
        <tbody>
          {streams.map((stream) => (
            <tr key={`${stream.namespace ?? ''}.${stream.name}`}>
              <td>
                <StatusChip status={stream.status} />
              </td>
              <td>
                {stream.namespace === undefined ? stream.name : `${stream.namespace}.${stream.name}`}
                {stream.problem !== undefined && (
                  <Text size="sm" c="var(--sl-error)">
                    {stream.problem.message}
                  </Text>
                )}
              </td>
              <td className="sl-number">{format.count(stream.recordsRead)}</td>
              <td className="sl-number">{format.count(stream.recordsCommitted)}</td>
              <td className="sl-number">{format.count(stream.recordsFiltered)}</td>
              <td className="sl-number">{format.count(stream.recordsRejected)}</td>
              <td className="sl-number">{format.bytes(stream.bytesRead)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
