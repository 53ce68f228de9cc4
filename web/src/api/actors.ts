import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from './client';
import type { Connector, ConnectorDetail, DestinationResponse, SourceResponse } from './schema';

export type Kind = 'source' | 'destination';

/** A source or a destination. */
export interface Actor {
  id: string;
  kind: Kind;
  name: string;
  connector: string;
  definitionId: string;
  configuration: Record<string, unknown>;
  createdAt: number;
}

const PAGE = 100;

function ofSource(source: SourceResponse): Actor {
  return {
    id: source.sourceId,
    kind: 'source',
    name: source.name,
    connector: source.sourceType,
    definitionId: source.definitionId,
    configuration: withoutType(source.configuration),
    createdAt: source.createdAt,
  };
}

function ofDestination(destination: DestinationResponse): Actor {
  return {
    id: destination.destinationId,
    kind: 'destination',
    name: destination.name,
    connector: destination.destinationType,
    definitionId: destination.definitionId,
    configuration: withoutType(destination.configuration),
    createdAt: destination.createdAt,
  };
}

/** The public API writes the connector into the configuration; a form knows it from elsewhere. */
function withoutType(configuration: Record<string, unknown>): Record<string, unknown> {
  const own = { ...configuration };
  delete own.sourceType;
  delete own.destinationType;
  return own;
}

export const actors = (ws: string, kind: Kind) =>
  infiniteQueryOptions({
    queryKey: [`${kind}s`, ws],
    initialPageParam: 0,
    queryFn: async ({ pageParam, signal }) => {
      const query = { workspaceIds: [ws], limit: PAGE, offset: pageParam };
      if (kind === 'source') {
        const found = await ok(api.GET('/api/public/v1/sources', { params: { query }, signal }));
        return found.data.map(ofSource);
      }
      const found = await ok(api.GET('/api/public/v1/destinations', { params: { query }, signal }));
      return found.data.map(ofDestination);
    },
    getNextPageParam: (last, pages) => (last.length < PAGE ? undefined : pages.length * PAGE),
  });

export const actor = (kind: Kind, id: string) =>
  queryOptions({
    queryKey: [`${kind}s`, 'one', id],
    queryFn: async ({ signal }) =>
      kind === 'source'
        ? ofSource(
            await ok(
              api.GET('/api/public/v1/sources/{sourceId}', { params: { path: { sourceId: id } }, signal }),
            ),
          )
        : ofDestination(
            await ok(
              api.GET('/api/public/v1/destinations/{destinationId}', {
                params: { path: { destinationId: id } },
                signal,
              }),
            ),
          ),
  });

export const connectors = (ws: string, kind: Kind) =>
  queryOptions({
    queryKey: ['connectors', ws, kind],
    queryFn: async ({ signal }): Promise<Connector[]> => {
      const params = { path: { workspaceId: ws }, query: { kind } };
      return (await ok(api.GET('/api/sluice/v1/workspaces/{workspaceId}/connectors', { params, signal })))
        .data;
    },
    staleTime: 5 * 60_000,
  });

export const connector = (ws: string, definitionId: string) =>
  queryOptions({
    queryKey: ['connectors', ws, 'one', definitionId],
    queryFn: ({ signal }): Promise<ConnectorDetail> =>
      ok(
        api.GET('/api/sluice/v1/workspaces/{workspaceId}/connectors/{definitionId}', {
          params: { path: { workspaceId: ws, definitionId } },
          signal,
        }),
      ),
    staleTime: 5 * 60_000,
  });

/** What somebody has entered for a source or destination. */
export interface ActorWish {
  name: string;
  definitionId: string;
  configuration: Record<string, unknown>;
  /** What a consent has brought. */
  secretId?: string;
}

export async function makeActor(ws: string, kind: Kind, wish: ActorWish): Promise<Actor> {
  // What a connector wants is not for the document to say.
  const body = { ...wish, configuration: wish.configuration as never, workspaceId: ws };
  return kind === 'source'
    ? ofSource(await ok(api.POST('/api/public/v1/sources', { body })))
    : ofDestination(await ok(api.POST('/api/public/v1/destinations', { body })));
}

/** Stars in the configuration leave a secret as it is; what is not there is taken away. */
export async function changeActor(kind: Kind, id: string, wish: ActorWish): Promise<Actor> {
  const body = { name: wish.name, configuration: wish.configuration as never };
  if (kind === 'source' && wish.secretId !== undefined) {
    const params = { path: { sourceId: id } };
    const more = { ...body, secretId: wish.secretId };
    return ofSource(await ok(api.PATCH('/api/public/v1/sources/{sourceId}', { params, body: more })));
  }
  return kind === 'source'
    ? ofSource(
        await ok(api.PUT('/api/public/v1/sources/{sourceId}', { params: { path: { sourceId: id } }, body })),
      )
    : ofDestination(
        await ok(
          api.PUT('/api/public/v1/destinations/{destinationId}', {
            params: { path: { destinationId: id } },
            body,
          }),
        ),
      );
}

export async function deleteActor(kind: Kind, id: string): Promise<void> {
  await (kind === 'source'
    ? api.DELETE('/api/public/v1/sources/{sourceId}', { params: { path: { sourceId: id } } })
    : api.DELETE('/api/public/v1/destinations/{destinationId}', { params: { path: { destinationId: id } } }));
}

/** Begins to try whether it can be used; the job tells how it went. */
export async function beginCheck(kind: Kind, id: string): Promise<number> {
  const job =
    kind === 'source'
      ? await ok(api.POST('/api/sluice/v1/sources/{sourceId}/check', { params: { path: { sourceId: id } } }))
      : await ok(
          api.POST('/api/sluice/v1/destinations/{destinationId}/check', {
            params: { path: { destinationId: id } },
          }),
        );
  return job.jobId;
}

/** How many connections use it. */
export const uses = (ws: string, id: string) =>
  queryOptions({
    queryKey: ['connections', 'uses', ws, id],
    queryFn: async ({ signal }) => {
      const params = { path: { workspaceId: ws }, query: { actorIds: [id], limit: 50, orderBy: 'name' } };
      const [list, counts] = await Promise.all([
        ok(api.GET('/api/sluice/v1/workspaces/{workspaceId}/connections', { params, signal })),
        ok(
          api.GET('/api/sluice/v1/workspaces/{workspaceId}/connections/counts', {
            params: { path: { workspaceId: ws }, query: { actorIds: [id] } },
            signal,
          }),
        ),
      ]);
      return { all: counts.all, connections: list.data };
    },
    staleTime: 30_000,
  });
