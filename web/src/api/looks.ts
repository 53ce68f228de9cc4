import { queryOptions } from '@tanstack/react-query';
import { api, ok } from './client';
import type { JobDetail, LogLine } from './schema';

/** A step of a check: what was tried, and what came of it. */
export interface Step {
  name: string;
  detail: string | undefined;
  problem: StepProblem | undefined;
}

export interface StepProblem {
  code: string;
  message: string;
  where?: string;
  why?: string;
  fix?: string;
}

/** A check or a discovery on its way. */
export interface Look {
  job: JobDetail;
  lines: LogLine[];
  steps: Step[];
  problem: StepProblem | undefined;
  isOver: boolean;
}

const OVER = new Set(['succeeded', 'failed', 'cancelled']);
const PAUSE = 600;

/** Follows a look until it ends. */
export const look = (jobId: number | null) =>
  queryOptions({
    queryKey: ['jobs', 'look', jobId],
    enabled: jobId !== null,
    queryFn: async ({ signal }): Promise<Look> => {
      const path = { jobId: jobId ?? 0 };
      const job = await ok(api.GET('/api/sluice/v1/jobs/{jobId}', { params: { path }, signal }));
      const log = await ok(
        api.GET('/api/sluice/v1/jobs/{jobId}/logs', { params: { path, query: { limit: 500 } }, signal }),
      );
      return lookOf(job, log.lines);
    },
    refetchInterval: (query) =>
      query.state.data?.isOver === true || query.state.status === 'error' ? false : PAUSE,
    staleTime: 0,
  });

export function lookOf(job: JobDetail, lines: LogLine[]): Look {
  const last = job.attempts.at(-1);
  return {
    job,
    lines,
    steps: stepsOf(last?.found),
    problem: last?.failure,
    isOver: OVER.has(job.status),
  };
}

function stepsOf(found: unknown): Step[] {
  const { steps } = (found ?? {}) as { steps?: unknown };
  return Array.isArray(steps)
    ? steps.map((each: Partial<Record<keyof Step, unknown>>) => ({
        name: String(each.name),
        detail: typeof each.detail === 'string' ? each.detail : undefined,
        problem: (each.problem ?? undefined) as StepProblem | undefined,
      }))
    : [];
}

export async function stopLook(jobId: number): Promise<void> {
  await api.POST('/api/sluice/v1/jobs/{jobId}/stop', { params: { path: { jobId } } });
}
