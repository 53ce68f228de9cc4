import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../api/client';
import { parted } from './timing';

/** The next times of a schedule, as the server would run it. */
export const nextTimes = (ws: string, cron: string | undefined) =>
  queryOptions({
    queryKey: ['schedule', ws, cron],
    enabled: cron !== undefined && cron !== '',
    queryFn: async ({ signal }) => {
      const { expression, zone } = parted(cron ?? '');
      const params = { path: { workspaceId: ws }, query: { cron: expression, zone, count: 5 } };
      return (await ok(api.GET('/api/sluice/v1/workspaces/{workspaceId}/schedule_times', { params, signal })))
        .times;
    },
    retry: false,
    staleTime: 30_000,
  });
