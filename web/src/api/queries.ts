import { queryOptions } from '@tanstack/react-query';
import { api, ok } from './client';

/** What several features ask for. A feature's own questions lie with it. Keys begin with what they are about. */
export const me = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => ok(api.GET('/api/sluice/v1/me', { signal })),
  staleTime: 5 * 60_000,
  retry: false,
});

export const workspaces = queryOptions({
  queryKey: ['workspaces'],
  queryFn: ({ signal }) =>
    ok(api.GET('/api/public/v1/workspaces', { params: { query: { limit: 100 } }, signal })),
  staleTime: 60_000,
});
