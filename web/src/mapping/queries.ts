import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '../api/client';
import type { ConnectionResponse } from '../api/schema';
import type { Method } from './mapping';

type StreamConfiguration = ConnectionResponse['configurations']['streams'][number];

/** The objects of a destination and how each can be written; none of one that only makes tables of its own. */
export const objects = (destinationId: string) =>
  queryOptions({
    queryKey: ['destinations', 'objects', destinationId],
    queryFn: async ({ signal }) => {
      const params = { path: { destinationId } };
      return (await ok(api.GET('/api/sluice/v1/destinations/{destinationId}/objects', { params, signal })))
        .objects;
    },
    staleTime: 5 * 60_000,
    retry: false,
  });

/** The ways to write an object, with its fields. */
export const operations = (destinationId: string, object: string | undefined) =>
  queryOptions({
    queryKey: ['destinations', 'objects', destinationId, object ?? ''],
    enabled: object !== undefined,
    queryFn: async ({ signal }) => {
      const params = { path: { destinationId }, query: { object: object ?? '' } };
      return (await ok(api.GET('/api/sluice/v1/destinations/{destinationId}/objects', { params, signal })))
        .operations;
    },
    staleTime: 5 * 60_000,
  });

interface Named {
  namespace?: string | undefined;
  name: string;
}

/** Which fields may become which. */
export const suggestions = (
  destinationId: string,
  sourceId: string,
  stream: Named | undefined,
  object: string | undefined,
  method: Method | undefined,
) =>
  queryOptions({
    queryKey: [
      'destinations',
      'suggestions',
      destinationId,
      sourceId,
      stream?.namespace,
      stream?.name,
      object,
      method,
    ],
    enabled: stream !== undefined && object !== undefined && method !== undefined,
    queryFn: async ({ signal }) => {
      const wished = {
        name: stream?.name ?? '',
        namespace: stream?.namespace ?? null,
        destinationObjectName: object ?? '',
      };
      const found = await ok(
        api.POST('/api/sluice/v1/destinations/{destinationId}/mappings/suggest', {
          params: { path: { destinationId } },
          body: { sourceId, stream: wished, ...(method === undefined ? {} : { method }) },
          signal,
        }),
      );
      return found.suggestions;
    },
    staleTime: 5 * 60_000,
    retry: false,
  });

/** What the destination would not take of a mapping. */
export async function check(destinationId: string, sourceId: string, stream: StreamConfiguration) {
  const found = await ok(
    api.POST('/api/sluice/v1/destinations/{destinationId}/mappings/check', {
      params: { path: { destinationId } },
      body: { sourceId, stream },
    }),
  );
  return found.errors;
}

/** What would be sent of the first rows. Nothing is written. */
export function preview(destinationId: string, sourceId: string, stream: StreamConfiguration, rows: number) {
  return ok(
    api.POST('/api/sluice/v1/destinations/{destinationId}/mappings/preview', {
      params: { path: { destinationId } },
      body: { sourceId, stream, rows },
    }),
  );
}
