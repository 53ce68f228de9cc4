// All pages of the page, by their routes: a test of the router sees to it that none is missing here.
const TABS = ['status', 'timeline', 'schema', 'mappings', 'rejected', 'code', 'settings'];
const PARTS = ['general', 'members', 'tokens', 'notifications', 'tags', 'definitions', 'audit', 'system'];

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
  const of = { ws: `/w/${workspaceId}`, id, jobId, source, destination, draftId };
  return Object.values(PAGES).flatMap((addresses) => addresses(of));
}
