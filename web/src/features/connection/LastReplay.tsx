import { Alert, Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { isOpen, jobDetail, jobList } from '../../api/jobs';
import type { JobDetail } from '../../api/schema';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { GoLink } from '../../ui/GoLink';
import { Icon } from '../../ui/icons';
import { ProblemText } from '../../ui/ProblemText';
import { readable } from '../../ui/readable';
import { When } from '../../ui/When';

/** How the last trial of the rejected records went: nobody should have to look for its job to know why they are still here. */
export function LastReplay({ id }: { id: string }) {
  const ws = useWorkspaceId();
  const jobs = useQuery(jobList(ws, { kind: 'replay', connection: id }, 1));
  const last = jobs.data?.data[0];
  return last === undefined ? null : <Replay jobId={last.jobId} />;
}

function Replay({ jobId }: { jobId: number }) {
  const say = useSay();
  const { data: job } = useQuery(jobDetail(jobId));
  if (job === undefined) {
    return null;
  }
  const failure = job.status === 'failed' ? job.attempts.at(-1)?.failure : undefined;
  const tone = job.status === 'failed' ? 'red' : job.rejected > 0 ? 'yellow' : 'blue';
  return (
    <Alert
      color={tone}
      styles={readable(tone === 'red' ? 'error' : tone === 'yellow' ? 'warn' : 'primary')}
      icon={<Icon name={tone === 'blue' ? 'info' : 'warn'} size={20} />}
      title={say(`rejected.last.${outcome(job)}`, { count: job.records, rejected: job.rejected })}
      data-replay={outcome(job)}
    >
      {failure !== undefined && <ProblemText problem={failure} />}
      <Text size="sm" mt={4}>
        <When time={job.endedAt ?? job.createdAt} />
        {' · '}
        <Anchor
          underline="always"
          component={GoLink}
          to="/w/$ws/jobs/$jobId"
          params={{ jobId: String(jobId) }}
        >
          {say('rejected.last.job')}
        </Anchor>
      </Text>
    </Alert>
  );
}

function outcome(job: JobDetail): 'open' | 'failed' | 'again' | 'cancelled' | 'arrived' {
  if (isOpen(job.status)) {
    return 'open';
  }
  if (job.status !== 'succeeded') {
    return job.status === 'cancelled' ? 'cancelled' : 'failed';
  }
  return job.rejected > 0 ? 'again' : 'arrived';
}
