import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';
import type { RejectGroup, ReplayWish, StreamName } from '../../api/schema';

/** What there is to ask of a connection. Keys begin with it, so that its events make all of them be asked for again. */
export const connection = (id: string) =>
  queryOptions({
    queryKey: ['connection', id, 'settings'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/public/v1/connections/{connectionId}', {
          params: { path: { connectionId: id } },
          signal,
        }),
      ),
  });

export const connectionStatus = (id: string) =>
  queryOptions({
    queryKey: ['connection', id, 'status'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/status', {
          params: { path: { connectionId: id } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.openJobId === undefined ? false : 2_000),
  });

export const connectionHistory = (id: string, days: number) =>
  queryOptions({
    queryKey: ['connection', id, 'history', days],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/history', {
          params: { path: { connectionId: id }, query: { days, runs: 500 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const schemaChanges = (id: string) =>
  queryOptions({
    queryKey: ['connection', id, 'schemaChanges'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/schema/changes', {
          params: { path: { connectionId: id } },
          signal,
        }),
      ),
  });

export const connectionState = (id: string) =>
  queryOptions({
    queryKey: ['connection', id, 'state'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/state', {
          params: { path: { connectionId: id } },
          signal,
        }),
      ),
  });

export const rejectGroups = (id: string) =>
  queryOptions({
    queryKey: ['connection', id, 'rejectGroups'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/rejects/groups', {
          params: { path: { connectionId: id }, query: { state: 'open' } },
          signal,
        }),
      ),
  });

export const project = (id: string) =>
  queryOptions({
    queryKey: ['connection', id, 'project'],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/connections/{connectionId}/project', {
          params: { path: { connectionId: id } },
          signal,
        }),
      ),
  });

export const sourceName = (id: string) =>
  queryOptions({
    queryKey: ['sources', 'one', id],
    queryFn: ({ signal }) =>
      ok(api.GET('/api/public/v1/sources/{sourceId}', { params: { path: { sourceId: id } }, signal })),
    staleTime: 60_000,
  });

export const destinationName = (id: string) =>
  queryOptions({
    queryKey: ['destinations', 'one', id],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/public/v1/destinations/{destinationId}', {
          params: { path: { destinationId: id } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

export interface Run {
  kind: 'sync' | 'refresh' | 'clear';
  /** Which streams; all without any. */
  streams?: StreamName[];
  keepHistory?: boolean;
}

export function run(id: string, wish: Run) {
  return ok(
    api.POST('/api/sluice/v1/connections/{connectionId}/runs', {
      params: { path: { connectionId: id } },
      body: wish,
    }),
  );
}

/** Whether rejected records of a stream, or of any, are still open; what a run left behind may have arrived since. */
export function areOpen(groups: RejectGroup[] | undefined, stream?: string): boolean {
  return groups === undefined || groups.some((group) => stream === undefined || nameOf(group) === stream);
}

/** Tries rejected records again: of some streams and for one reason, or all. */
export function replay(id: string, wish: ReplayWish) {
  return ok(
    api.POST('/api/sluice/v1/connections/{connectionId}/rejects/replay', {
      params: { path: { connectionId: id } },
      body: wish,
    }),
  );
}

/** What would become of them then; nothing is written. */
export function dryRun(id: string, wish: ReplayWish) {
  return ok(
    api.POST('/api/sluice/v1/connections/{connectionId}/rejects/dry-run', {
      params: { path: { connectionId: id } },
      body: wish,
    }),
  );
}

export function nameOf(stream: StreamName): string {
  return stream.namespace === undefined ? stream.name : `${stream.namespace}.${stream.name}`;
}
