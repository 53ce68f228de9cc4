import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { LogLine } from '../../api/schema';
import { session } from '../../api/session';
import { save } from '../../ui/save';

export type Level = 'INFO' | 'WARNING' | 'ERROR';
export const LEVELS: Level[] = ['INFO', 'WARNING', 'ERROR'];

export interface LogFilter {
  level?: Level;
  text?: string;
}

/** How many lines are asked for at once. */
export const LOG_PAGE = 500;

export function isFiltered(filter: LogFilter): boolean {
  return (filter.level !== undefined && filter.level !== 'INFO') || (filter.text ?? '') !== '';
}

function query(attempt: number, filter: LogFilter) {
  return {
    attempt,
    ...(filter.level === undefined || filter.level === 'INFO' ? {} : { level: filter.level }),
    ...(filter.text === undefined || filter.text === '' ? {} : { text: filter.text }),
  };
}

export async function logPage(
  jobId: number,
  attempt: number,
  filter: LogFilter,
  from: number,
  limit: number,
  signal?: AbortSignal,
) {
  return ok(
    api.GET('/api/sluice/v1/jobs/{jobId}/logs', {
      params: { path: { jobId }, query: { ...query(attempt, filter), from, limit } },
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

/** How many lines there are. Asked for again while the job runs. */
export const logCount = (jobId: number, attempt: number, isLive: boolean) =>
  queryOptions({
    queryKey: ['log', jobId, attempt, 'count'],
    queryFn: async ({ signal }) => (await logPage(jobId, attempt, {}, -1, 1, signal)).count,
    refetchInterval: isLive ? 1_000 : false,
  });

/** A part of the lines. Lines are never changed: a part that is whole is never asked for again. */
export const logPart = (jobId: number, attempt: number, part: number, count: number) =>
  queryOptions({
    queryKey: ['log', jobId, attempt, 'part', part, Math.min(LOG_PAGE, count - part * LOG_PAGE)],
    queryFn: async ({ signal }) =>
      (await logPage(jobId, attempt, {}, part * LOG_PAGE, LOG_PAGE, signal)).lines,
    staleTime: Infinity,
  });

export interface Matches {
  lines: LogLine[];
  next: number | undefined;
}

/** Lines that match, from some line on: so many that a page is full, or to the end. */
export async function matches(
  jobId: number,
  attempt: number,
  filter: LogFilter,
  from: number,
  signal?: AbortSignal,
): Promise<Matches> {
  const lines: LogLine[] = [];
  let next: number | undefined = from;
  while (next !== undefined && lines.length < LOG_PAGE) {
    const page = await logPage(jobId, attempt, filter, next, LOG_PAGE, signal);
    lines.push(...page.lines);
    next = page.next;
  }
  return { lines, next };
}

/** Saves a log, or what a filter leaves of it, as a file. By fetch, since a link cannot send the session. */
export async function download(jobId: number, attempt: number, filter: LogFilter): Promise<void> {
  const search = new URLSearchParams(
    Object.entries(query(attempt, filter)).map(([name, value]) => [name, String(value)]),
  );
  const token = session.token();
  const response = await fetch(`/api/sluice/v1/jobs/${jobId}/logs/download?${search.toString()}`, {
    headers: token === null ? {} : { Authorization: `Bearer ${token}` },
  });
  if (!response.ok) {
    throw new Error(`HTTP ${response.status}`);
  }
  save(await response.blob(), `job-${jobId}.log`);
}
