import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../../api/client';

/** What a source offers, as it was fetched last; without fields, which are most of it, unless they are asked for. */
export const catalog = (sourceId: string, fields: boolean) =>
  queryOptions({
    queryKey: ['sources', 'catalog', sourceId, fields],
    queryFn: ({ signal }) =>
      ok(
        api.GET('/api/sluice/v1/sources/{sourceId}/catalog', {
          params: { path: { sourceId }, query: { fields } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

/** The fields of a stream: pairs of name and type. */
export const fieldsOf = (sourceId: string, stream: { namespace?: string | undefined; name: string }) =>
  queryOptions({
    queryKey: ['sources', 'catalog', sourceId, 'stream', stream.namespace ?? '', stream.name],
    queryFn: async ({ signal }) => {
      const query = {
        stream: stream.name,
        ...(stream.namespace === undefined ? {} : { namespace: stream.namespace }),
      };
      const params = { path: { sourceId }, query };
      const found = await ok(api.GET('/api/sluice/v1/sources/{sourceId}/catalog', { params, signal }));
      return found.streams[0]?.fields ?? [];
    },
    staleTime: 60_000,
  });

export const destinationModes = (destinationId: string) =>
  queryOptions({
    queryKey: ['destinations', 'modes', destinationId],
    queryFn: async ({ signal }) => {
      const params = { path: { destinationId } };
      const { modes } = await ok(
        api.GET('/api/sluice/v1/destinations/{destinationId}/modes', { params, signal }),
      );
      return new Set<string>(modes);
    },
    staleTime: 5 * 60_000,
  });

export async function beginDiscovery(sourceId: string): Promise<number> {
  const params = { path: { sourceId } };
  return (await ok(api.POST('/api/sluice/v1/sources/{sourceId}/discover', { params }))).jobId;
}

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
