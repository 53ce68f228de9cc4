import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

/** The next times of a schedule, as the server would run it. */
export const nextTimes = (ws: string, cron: string | undefined) =>
  queryOptions({
    queryKey: ['schedule', ws, cron],
    enabled: cron !== undefined && cron !== '',
    queryFn: async ({ signal }) => {
      const params = { path: { workspaceId: ws }, query: { cron: cron ?? '', count: 5 } };
      return (await ok(api.GET('/api/sluice/v1/workspaces/{workspaceId}/schedule_times', { params, signal })))
        .times;
    },
    retry: false,
    staleTime: 30_000,
  });

export const tags = (ws: string) =>
  queryOptions({
    queryKey: ['tags', ws, 'list'],
    queryFn: async ({ signal }) => {
      const params = { query: { workspaceIds: [ws] } };
      return (await ok(api.GET('/api/public/v1/tags', { params, signal }))).data;
    },
  });

const COLOURS = ['1F5FD0', '1A7F4B', '8A5A00', 'C0262D', '6A5ACD', '0B6FA4'];

export async function makeTag(ws: string, name: string): Promise<string> {
  const color = COLOURS[name.length % COLOURS.length] ?? '1F5FD0';
  return (await ok(api.POST('/api/public/v1/tags', { body: { name, color, workspaceId: ws } }))).tagId;
}
