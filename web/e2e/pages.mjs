// All pages of the page, by their routes: a test of the router sees to it that none is missing here.
const TABS = ['status', 'timeline', 'schema', 'mappings', 'rejected', 'code', 'settings'];
const BUILDER = ['part=global', 'part=inputs', 'part=streams/0', 'part=issues', 'view=yaml'];
const PARTS = [
  'general',
  'members',
  'tokens',
  'notifications',
  'tags',
  'definitions',
  'usage',
  'audit',
  'system',
];

/** For each route the addresses to look at; `of` are the things that are there to be seen. */
export const PAGES = {
  '/login': () => ['/login'],
  '/setup': () => ['/setup'],
  '/': () => ['/'],
  // It closes itself as soon as it is there.
  '/oauth/done': () => [],
  '/w/$ws/home': ({ ws }) => [`${ws}/home`],
  '/w/$ws/connections': ({ ws }) => [`${ws}/connections`],
  '/w/$ws/connections/new': ({ ws }) => [`${ws}/connections/new`],
  '/w/$ws/connections/new/$step': ({ ws, draftId }) =>
    ['source', 'destination', 'streams', 'configure'].map(
      (step) => `${ws}/connections/new/${step}?draft=${draftId}`,
    ),
  '/w/$ws/connections/$connectionId/$tab': ({ ws, id }) =>
    TABS.map((tab) => `${ws}/connections/${id}/${tab}`),
  '/w/$ws/sources': ({ ws }) => [`${ws}/sources`],
  '/w/$ws/sources/new': ({ ws }) => [`${ws}/sources/new`],
  '/w/$ws/sources/new/$definitionId': ({ ws, source }) => [`${ws}/sources/new/${source.definitionId}`],
  '/w/$ws/sources/$actorId': ({ ws, source }) => [`${ws}/sources/${source.sourceId}`],
  '/w/$ws/destinations': ({ ws }) => [`${ws}/destinations`],
  '/w/$ws/destinations/new': ({ ws }) => [`${ws}/destinations/new`],
  '/w/$ws/destinations/new/$definitionId': ({ ws, destination }) => [
    `${ws}/destinations/new/${destination.definitionId}`,
  ],
  '/w/$ws/destinations/$actorId': ({ ws, destination }) => [
    `${ws}/destinations/${destination.destinationId}`,
  ],
  '/w/$ws/builder': ({ ws }) => [`${ws}/builder`],
  '/w/$ws/builder/$projectId': ({ ws, projectId }) =>
    (projectId === undefined ? [] : BUILDER).map((search) => `${ws}/builder/${projectId}?${search}`),
  '/w/$ws/jobs': ({ ws }) => [`${ws}/jobs`],
  '/w/$ws/alerts': ({ ws }) => [`${ws}/alerts`, `${ws}/alerts?state=resolved`],
  '/w/$ws/jobs/$jobId': ({ ws, jobId }) => [`${ws}/jobs/${jobId}`],
  '/w/$ws/docs': ({ ws }) => [`${ws}/docs`],
  '/w/$ws/docs/$guide': ({ ws }) => [`${ws}/docs/page`, `${ws}/docs/types`],
  '/w/$ws/settings/$part': ({ ws }) => PARTS.map((part) => `${ws}/settings/${part}`),
};

/** The addresses of all pages, with something to see on them. */
export async function pages(server) {
  const id = await server.connection('Seen everywhere');
  const jobId = await server.sync(id);
  await server.ended(jobId);
  const workspaceId = await server.workspace();
  const { sourceId, destinationId } = await server.call('GET', `/api/public/v1/connections/${id}`);
  const source = await server.call('GET', `/api/public/v1/sources/${sourceId}`);
  const destination = await server.call('GET', `/api/public/v1/destinations/${destinationId}`);
  const { draftId } = await server.call('POST', '/api/sluice/v1/drafts', {
    workspaceId,
    kind: 'connection',
    document: {
      source: { sourceId, name: source.name },
      destination: { destinationId, name: destination.name },
      page: {
        wishes: {
          intent: 'replicate',
          way: 'changes',
          chosen: { '\nusers': { mode: 'full_refresh_append' } },
        },
      },
    },
  });
  const projectId = await project(server, workspaceId);
  const of = { ws: `/w/${workspaceId}`, id, jobId, source, destination, draftId, projectId };
  return Object.values(PAGES).flatMap((addresses) => addresses(of));
}

/** A connector that is being built; a server that knows nothing of that has none. */
async function project(server, workspaceId) {
  const wish = { workspaceId, name: 'Seen everywhere', manifest: MANIFEST };
  return server
    .call('POST', '/api/sluice/v1/builder/projects', wish)
    .then(({ projectId }) => projectId)
    .catch(() => undefined);
}

const MANIFEST = `version: 6.48.0
type: DeclarativeSource
check:
  type: CheckStream
  stream_names: [orders]
definitions:
  base_requester:
    type: HttpRequester
    url_base: https://api.example.com
    authenticator:
      type: BearerAuthenticator
      api_token: "{{ config['token'] }}"
  streams:
    orders:
      type: DeclarativeStream
      name: orders
      primary_key: id
      retriever:
        type: SimpleRetriever
        requester:
          $ref: "#/definitions/base_requester"
          path: /orders
        record_selector:
          type: RecordSelector
          extractor: {type: DpathExtractor, field_path: [data]}
        paginator:
          type: DefaultPaginator
          pagination_strategy: {type: PageIncrement, page_size: 100, start_from_page: 1}
          page_token_option: {type: RequestOption, inject_into: request_parameter, field_name: page}
      schema_loader:
        type: InlineSchemaLoader
        schema: {type: object, properties: {id: {type: integer}}}
streams:
  - $ref: "#/definitions/streams/orders"
spec:
  type: Spec
  connection_specification:
    type: object
    required: [token]
    properties:
      token: {type: string, title: API token, airbyte_secret: true, order: 0}
`;
