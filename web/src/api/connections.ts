import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ok } from './client';

/** What a list of connections is narrowed to; it stands in the address, so that one can send it to others. */
export interface ConnectionFilter {
  q?: string;
  status?: ListStatus;
  tags?: string[];
  actor?: string;
  sort?: ListOrder;
}

export const STATUSES = ['healthy', 'failed', 'running', 'queued', 'paused', 'not_synced'] as const;
export type ListStatus = (typeof STATUSES)[number];
export const ORDERS = ['name', 'source', 'destination', 'last_run', 'created'] as const;
export type ListOrder = (typeof ORDERS)[number];

/** Reads a filter out of an address; what it does not know is left out. */
export function readFilter(search: Record<string, unknown>): ConnectionFilter {
  const filter: ConnectionFilter = {};
  if (typeof search.q === 'string' && search.q !== '') {
    filter.q = search.q;
  }
  const status = STATUSES.find((each) => each === search.status);
  if (status !== undefined) {
    filter.status = status;
  }
  if (typeof search.tags === 'string' && search.tags !== '') {
    filter.tags = search.tags.split(',');
  }
  if (typeof search.actor === 'string') {
    filter.actor = search.actor;
  }
  const sort = ORDERS.find((each) => each === search.sort);
  if (sort !== undefined) {
    filter.sort = sort;
  }
  return filter;
}

/** A filter as an address says it. */
export function written({ tags, ...filter }: ConnectionFilter): Record<string, string> {
  return { ...filter, ...(tags === undefined ? {} : { tags: tags.join(',') }) };
}

/** What the address of a request says of a filter. */
export function asked(filter: ConnectionFilter) {
  return {
    ...(filter.q === undefined ? {} : { text: filter.q }),
    ...(filter.tags === undefined ? {} : { tagIds: filter.tags }),
    ...(filter.actor === undefined ? {} : { actorIds: [filter.actor] }),
  };
}

export const connectionCounts = (ws: string, filter: ConnectionFilter) =>
  queryOptions({
    queryKey: ['connections', ws, 'counts', asked(filter)],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/connections/counts', {
          params: { path: { workspaceId: ws }, query: asked(filter) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export async function connectionPage(
  ws: string,
  filter: ConnectionFilter,
  page: { offset: number; limit: number },
  signal?: AbortSignal,
) {
  const { data } = await ok(
    api.GET('/api/sluice/v1/workspaces/{workspaceId}/connections', {
      params: {
        path: { workspaceId: ws },
        query: {
          ...asked(filter),
          ...(filter.status === undefined ? {} : { status: filter.status }),
          orderBy: filter.sort ?? 'name',
          ...page,
        },
      },
      ...(signal === undefined ? {} : { signal }),
    }),
  );
  return data;
}

export const tagList = (ws: string) =>
  queryOptions({
    queryKey: ['tags', ws],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/public/v1/tags', { params: { query: { workspaceIds: [ws] } }, signal })),
    staleTime: 60_000,
  });
