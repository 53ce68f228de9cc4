import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../api/client';

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

/** A stream with its fields and what is inside of them. */
export const entryOf = (sourceId: string, stream: { namespace?: string | undefined; name: string }) =>
  queryOptions({
    queryKey: ['sources', 'catalog', sourceId, 'stream', stream.namespace ?? '', stream.name],
    queryFn: async ({ signal }) => {
      const query = {
        stream: stream.name,
        ...(stream.namespace === undefined ? {} : { namespace: stream.namespace }),
      };
      const params = { path: { sourceId }, query };
      const found = await ok(api.GET('/api/sluice/v1/sources/{sourceId}/catalog', { params, signal }));
      return found.streams[0] ?? null;
    },
    staleTime: 60_000,
  });

/** The fields of a stream: pairs of name and type. */
export const fieldsOf = (sourceId: string, stream: { namespace?: string | undefined; name: string }) =>
  queryOptions({ ...entryOf(sourceId, stream), select: (entry) => entry?.fields ?? [] });

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
