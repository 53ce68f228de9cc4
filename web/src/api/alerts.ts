import { queryOptions } from '@tanstack/react-query';
import { api, ok } from './client';
import type { Alert } from './schema';

export const ALERT_STATES = ['open', 'silenced', 'resolved'] as const satisfies Alert['state'][];
export type AlertState = (typeof ALERT_STATES)[number];

/** How many a page shows. */
export const ALERTS_AT_ONCE = 50;

// Under connections: whatever happens to one may raise an alert or resolve it.
export const alertCount = (ws: string) =>
  queryOptions({
    queryKey: ['connections', ws, 'alerts', 'count'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/alerts/count', {
          params: { path: { workspaceId: ws } },
          signal,
        }),
      ),
  });

export const alertList = (ws: string, state: AlertState, page: number) =>
  queryOptions({
    queryKey: ['connections', ws, 'alerts', state, page],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/alerts', {
          params: {
            path: { workspaceId: ws },
            query: { state, limit: ALERTS_AT_ONCE, offset: page * ALERTS_AT_ONCE },
          },
          signal,
        }),
      ),
  });
