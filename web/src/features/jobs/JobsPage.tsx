import { Button, Group, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useWorkspaceId } from '../../app/workspace';
import { useSay } from '../../i18n/i18n';
import { PageHeader } from '../../ui/PageHeader';
import { Empty, ErrorCard, Loading } from '../../ui/states';
import { JobTable } from './JobTable';
import { JOB_KINDS, JOB_STATUSES, jobList, readJobFilter, type JobFilter } from '../../api/jobs';

/** All that ran and runs in a workspace. */
export function JobsPage() {
  const say = useSay();
  const ws = useWorkspaceId();
  const go = useNavigate();
  const filter = readJobFilter(useSearch({ strict: false }));
  const jobs = useQuery(jobList(ws, filter));
  const narrow = (next: JobFilter) =>
    void go({ to: '.', resetScroll: false, search: next as never, replace: true });
  const page = filter.page ?? 0;
  const isNarrowed = Object.keys(filter).some((name) => name !== 'page');
  return (
    <>
      <PageHeader title={say('page.jobs')} />
      <Group gap="xs" mb="sm">
        <Select
          aria-label={say('column.status')}
          placeholder={say('jobs.anyStatus')}
          clearable
          data={JOB_STATUSES.map((value) => ({ value, label: say(`jobStatus.${value}`) }))}
          value={filter.status ?? null}
          onChange={(status) => narrow(set(filter, 'status', status as JobFilter['status'] | null))}
        />
        <Select
          aria-label={say('jobs.kind')}
          placeholder={say('jobs.anyKind')}
          clearable
          data={JOB_KINDS.map((value) => ({ value, label: say(`jobKind.${value}`) }))}
          value={filter.kind ?? null}
          onChange={(kind) => narrow(set(filter, 'kind', kind as JobFilter['kind'] | null))}
        />
        {isNarrowed && (
          <Button variant="subtle" onClick={() => narrow({})}>
            {say('action.clearFilters')}
          </Button>
        )}
      </Group>
      {jobs.isError ? (
        <ErrorCard error={jobs.error} onRetry={() => void jobs.refetch()} />
      ) : jobs.isPending ? (
        <Loading rows={10} height={30} />
      ) : jobs.data.data.length === 0 ? (
        <div className="sl-card">
          <Empty
            icon="jobs"
            title={say(isNarrowed ? 'jobs.noMatch' : 'jobs.none')}
            text={say(isNarrowed ? 'jobs.noMatch.text' : 'jobs.none.text')}
          />
        </div>
      ) : (
        <JobTable jobs={jobs.data.data} />
      )}
      {jobs.data !== undefined && (page > 0 || jobs.data.next !== '') && (
        <Group justify="center" mt="sm">
          <Button
            variant="default"
            disabled={page === 0}
            onClick={() => narrow(page === 1 ? set(filter, 'page', null) : { ...filter, page: page - 1 })}
          >
            {say('jobs.newer')}
          </Button>
          <Button
            variant="default"
            disabled={jobs.data.next === ''}
            onClick={() => narrow({ ...filter, page: page + 1 })}
          >
            {say('jobs.older')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** A filter with another value, or without it; on its first page. */
function set<K extends keyof JobFilter>(filter: JobFilter, name: K, value: JobFilter[K] | null): JobFilter {
  const others = Object.fromEntries(
    Object.entries(filter).filter(([each]) => each !== name && each !== 'page'),
  );
  return value === null ? others : { ...others, [name]: value };
}
