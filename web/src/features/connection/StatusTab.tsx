import { Alert, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ConnectionStatus, JobDetail } from '../../api/schema';
import { useSay } from '../../i18n/i18n';
import { useFormat } from '../../ui/format';
import { GoLink } from '../../ui/GoLink';
import { Icon } from '../../ui/icons';
import { ProblemText } from '../../ui/ProblemText';
import { ErrorCard, Loading } from '../../ui/states';
import { When } from '../../ui/When';
import { isOpen, jobDetail } from '../../api/jobs';
import classes from './Connection.module.css';
import { useConnectionId } from './useConnectionId';
import { HistoryCharts } from './HistoryCharts';
import { LiveProgress } from './LiveProgress';
import { areOpen, connection, connectionStatus, rejectGroups, schemaChanges } from './queries';
import { StreamTable } from './StreamTable';

/** Whether a connection is well: in a sentence, by stream, and over time; while it runs, how far it is. */
export function StatusTab() {
  const id = useConnectionId();
  const status = useQuery(connectionStatus(id));
  if (status.isError) {
    return <ErrorCard error={status.error} onRetry={() => void status.refetch()} />;
  }
  return status.isPending ? <Loading /> : <Shown id={id} status={status.data} />;
}

function Shown({ id, status }: { id: string; status: ConnectionStatus }) {
  const jobId = status.openJobId ?? status.lastJobId;
  const job = useQuery({ ...jobDetail(jobId ?? 0), enabled: jobId !== undefined });
  const rejected = useQuery(rejectGroups(id));
  return (
    <div className={classes.stack}>
      <Sentence status={status} job={job.data} isMissing={areOpen(rejected.data?.data)} />
      <SchemaBanner id={id} />
      {status.openJobId !== undefined && job.data !== undefined && isOpen(job.data.status) && (
        <LiveProgress job={job.data} />
      )}
      {job.data !== undefined && <FailureCard id={id} status={status} job={job.data} />}
      <StreamTable id={id} status={status} />
      {status.lastJobId !== undefined && <HistoryCharts id={id} />}
    </div>
  );
}

function Sentence({
  status,
  job,
  isMissing,
}: {
  status: ConnectionStatus;
  job: JobDetail | undefined;
  /** Whether records that were rejected are still to arrive. */
  isMissing: boolean;
}) {
  const say = useSay();
  const format = useFormat();
  const failing = status.streams.filter((stream) => stream.status === 'failed').length;
  const count = status.streams.length;
  let text: string;
  if (status.openJobId !== undefined) {
    text = say(status.status === 'queued' ? 'sentence.queued' : 'sentence.running', { count });
  } else if (status.standing !== 'active') {
    text = say('sentence.off');
  } else if (status.lastJobId === undefined) {
    text = say('sentence.never', { count });
  } else if (status.breakingChange) {
    text = say('sentence.breaking');
  } else if (status.status === 'synced' && isMissing && (job?.rejected ?? 0) > 0) {
    text = say('sentence.rejects', { rejected: job?.rejected ?? 0, records: job?.records ?? 0 });
  } else if (status.status === 'synced') {
    text = say('sentence.healthy', {
      count,
      ago: format.relative(status.lastSuccessAt ?? status.lastSyncAt ?? 0),
      records: job?.records ?? 0,
    });
  } else {
    text = failing === 0 ? say('sentence.failed') : say('sentence.failing', { failing, count });
  }
  return (
    <p className={classes.sentence} aria-live="polite" data-sentence>
      {text}
    </p>
  );
}

function SchemaBanner({ id }: { id: string }) {
  const say = useSay();
  const changes = useQuery(schemaChanges(id));
  const open = changes.data?.data.filter((change) => change.state === 'open') ?? [];
  if (open.length === 0) {
    return null;
  }
  const isBreaking = open.some((change) => change.breaking);
  return (
    <Alert color={isBreaking ? 'red' : 'yellow'} icon={<Icon name="warn" size={20} />} role="status">
      <Group justify="space-between">
        <Text>{say(isBreaking ? 'schema.found.breaking' : 'schema.found', { count: open.length })}</Text>
        <Button
          component={GoLink}
          variant="default"
          size="xs"
          to="/w/$ws/connections/$connectionId/schema"
          params={{ connectionId: id }}
        >
          {say('schema.review')}
        </Button>
      </Group>
    </Alert>
  );
}

/** Why the last run failed, since when, and what one can do. */
function FailureCard({ id, status, job }: { id: string; status: ConnectionStatus; job: JobDetail }) {
  const say = useSay();
  const settings = useQuery(connection(id));
  const failure = job.attempts.findLast((attempt) => attempt.failure !== undefined)?.failure;
  if (failure === undefined || job.status === 'succeeded' || job.status === 'cancelled') {
    return null;
  }
  const isDestination =
    (failure.where ?? '').startsWith('destination') || failure.code.startsWith('E_DESTINATION');
  return (
    <Alert color="red" icon={<Icon name="octagon" size={20} />} role="alert" data-failure>
      <ProblemText problem={failure} />
      <Text size="sm" c="dimmed" mt={4}>
        {say('failure.inRow', { count: status.failedInRow ?? 1 })}{' '}
        {status.lastSuccessAt === undefined ? (
          say('failure.neverGood')
        ) : (
          <>
            {say('failure.lastGood')} <When time={status.lastSuccessAt} />
          </>
        )}
      </Text>
      <Group gap="xs" mt="xs">
        <Button
          component={GoLink}
          size="xs"
          variant="default"
          to="/w/$ws/jobs/$jobId"
          params={{ jobId: String(job.jobId) }}
        >
          {say('failure.log')}
        </Button>
        {settings.data !== undefined && (
          <>
            <Button
              component={GoLink}
              size="xs"
              variant={isDestination ? 'subtle' : 'default'}
              to="/w/$ws/sources/$sourceId/settings"
              params={{ sourceId: settings.data.sourceId }}
            >
              {say('failure.editSource')}
            </Button>
            <Button
              component={GoLink}
              size="xs"
              variant={isDestination ? 'default' : 'subtle'}
              to="/w/$ws/destinations/$destinationId/settings"
              params={{ destinationId: settings.data.destinationId }}
            >
              {say('failure.editDestination')}
            </Button>
          </>
        )}
      </Group>
    </Alert>
  );
}
