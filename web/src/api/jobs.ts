import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ok } from './client';

export const JOB_STATUSES = ['pending', 'running', 'incomplete', 'succeeded', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];
export const JOB_KINDS = ['sync', 'refresh', 'clear', 'replay', 'check', 'discover'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export interface JobFilter {
  status?: JobStatus;
  kind?: JobKind;
  connection?: string;
  from?: string;
  page?: number;
}

export const JOBS_PAGE = 50;

export function readJobFilter(search: Record<string, unknown>): JobFilter {
  const filter: JobFilter = {};
  const status = JOB_STATUSES.find((each) => each === search.status);
  const kind = JOB_KINDS.find((each) => each === search.kind);
  if (status !== undefined) {
    filter.status = status;
  }
  if (kind !== undefined) {
    filter.kind = kind;
  }
  if (typeof search.connection === 'string') {
    filter.connection = search.connection;
  }
  if (typeof search.from === 'string' && !Number.isNaN(Date.parse(search.from))) {
    filter.from = search.from;
  }
  if (typeof search.page === 'string' && /^[1-9]\d{0,5}$/.test(search.page)) {
    filter.page = Number(search.page);
  }
  return filter;
}

export const jobList = (ws: string, filter: JobFilter, limit = JOBS_PAGE) =>
  queryOptions({
    queryKey: ['jobs', ws, filter, limit],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/jobs', {
          params: {
            path: { workspaceId: ws },
            query: {
              ...(filter.status === undefined ? {} : { statuses: filter.status }),
              ...(filter.kind === undefined ? {} : { kinds: filter.kind }),
              ...(filter.connection === undefined ? {} : { connectionId: filter.connection }),
              ...(filter.from === undefined ? {} : { createdAtStart: filter.from }),
              limit,
              offset: (filter.page ?? 0) * limit,
            },
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const jobDetail = (jobId: number) =>
  queryOptions({
    queryKey: ['jobs', 'one', jobId],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/sluice/v1/jobs/{jobId}', { params: { path: { jobId } }, signal })),
    // Events tell that it began and ended; between them the numbers come by asking.
    refetchInterval: ({ state }) => (isOpen(state.data?.status) ? 1_000 : false),
  });

export const jobStreams = (jobId: number, attempt: number | undefined, isLive: boolean) =>
  queryOptions({
    queryKey: ['jobs', 'one', jobId, 'streams', attempt],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/jobs/{jobId}/streams', {
          params: { path: { jobId }, query: { ...(attempt === undefined ? {} : { attempt }), limit: 100 } },
          signal,
        }),
      ),
    refetchInterval: isLive ? 2_000 : false,
    placeholderData: keepPreviousData,
  });

export function isOpen(status: string | undefined): boolean {
  return status === 'pending' || status === 'running' || status === 'incomplete';
}

/** The word for a job. One that left records behind is not told like one that did not. */
export function jobWord(job: { status: string; records: number; rejected: number }): string {
  if (job.status !== 'succeeded' || job.rejected === 0) {
    return job.status;
  }
  return job.records === 0 ? 'all_rejected' : 'succeeded_with_rejects';
}

export function cancelJob(jobId: number) {
  return ok(api.DELETE('/api/public/v1/jobs/{jobId}', { params: { path: { jobId } } }));
}

/** How long a job took, or has taken so far; in seconds. */
export function duration(
  job: { startedAt?: string; endedAt?: string },
  now: number = Date.now(),
): number | undefined {
  if (job.startedAt === undefined) {
    return undefined;
  }
  const end = job.endedAt === undefined ? now : Date.parse(job.endedAt);
  return Math.max(0, (end - Date.parse(job.startedAt)) / 1_000);
}
