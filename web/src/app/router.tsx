import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { me, workspaces } from '../api/queries';
import type { MessageId } from '../i18n/messages';
import { ErrorCard, Loading, NotFound } from '../ui/states';
import { NoWorkspace } from './NoWorkspace';
import { Shell } from './shell/Shell';

interface Context {
  queries: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: () => <NotFound />,
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): { to?: string } => (typeof search.to === 'string' ? { to: search.to } : {}),
  component: lazyRouteComponent(() => import('../features/login/LoginPage'), 'LoginPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('../features/login/SetupPage'), 'SetupPage'),
});

/** To the workspace of whoever is here; those who see none are told so. */
const start = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: async ({ context }) => {
    await context.queries.query({ ...me, staleTime: 'static' });
    const { data } = await context.queries.query({ ...workspaces, staleTime: 'static' });
    const [first] = data;
    if (first !== undefined) {
      throw redirect({ to: '/w/$ws/home', params: { ws: first.workspaceId }, replace: true });
    }
  },
  component: NoWorkspace,
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: '/w/$ws',
  beforeLoad: async ({ context }) => {
    await context.queries.query({ ...me, staleTime: 'static' });
  },
  component: Shell,
});

// Each page is a chunk of its own, loaded when somebody goes there. A crumb names its step in the way there.
const home = createRoute({
  getParentRoute: () => workspace,
  path: 'home',
  staticData: { crumb: 'page.home' },
  component: lazyRouteComponent(() => import('../features/home/HomePage'), 'HomePage'),
});

const connections = createRoute({
  getParentRoute: () => workspace,
  path: 'connections',
  staticData: { crumb: 'page.connections' },
});
const connectionList = createRoute({
  getParentRoute: () => connections,
  path: '/',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../features/connections/ConnectionsPage'), 'ConnectionsPage'),
});
const wizardStart = createRoute({
  getParentRoute: () => connections,
  path: 'new',
  staticData: { crumb: 'page.connections.new' },
  component: lazyRouteComponent(() => import('../features/wizard/WizardPage'), 'WizardStart'),
});
const wizard = createRoute({
  getParentRoute: () => connections,
  path: 'new/$step',
  validateSearch: words,
  staticData: { crumb: 'page.connections.new' },
  component: lazyRouteComponent(() => import('../features/wizard/WizardPage'), 'WizardPage'),
});
const connection = createRoute({
  getParentRoute: () => connections,
  path: '$connectionId',
  component: lazyRouteComponent(() => import('../features/connection/ConnectionFrame'), 'ConnectionFrame'),
});
const connectionTab = createRoute({
  getParentRoute: () => connection,
  path: '$tab',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../features/connection/ConnectionTab'), 'ConnectionTab'),
});

const sources = createRoute({
  getParentRoute: () => workspace,
  path: 'sources',
  staticData: { crumb: 'page.sources' },
});
const sourceList = createRoute({
  getParentRoute: () => sources,
  path: '/',
  component: lazyRouteComponent(() => import('../features/actors/ActorsPage'), 'SourcesPage'),
});
const sourceNew = createRoute({
  getParentRoute: () => sources,
  path: 'new',
  staticData: { crumb: 'actors.new.source' },
});
const sourcePick = createRoute({
  getParentRoute: () => sourceNew,
  path: '/',
  component: lazyRouteComponent(() => import('../features/actors/NewActorPage'), 'NewSourcePage'),
});
const sourceForm = createRoute({
  getParentRoute: () => sourceNew,
  path: '$definitionId',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../features/actors/NewActorPage'), 'NewSourceForm'),
});
const sourceOne = createRoute({
  getParentRoute: () => sources,
  path: '$actorId',
  component: lazyRouteComponent(() => import('../features/actors/ActorPage'), 'SourcePage'),
});

const destinations = createRoute({
  getParentRoute: () => workspace,
  path: 'destinations',
  staticData: { crumb: 'page.destinations' },
});
const destinationList = createRoute({
  getParentRoute: () => destinations,
  path: '/',
  component: lazyRouteComponent(() => import('../features/actors/ActorsPage'), 'DestinationsPage'),
});
const destinationNew = createRoute({
  getParentRoute: () => destinations,
  path: 'new',
  staticData: { crumb: 'actors.new.destination' },
});
const destinationPick = createRoute({
  getParentRoute: () => destinationNew,
  path: '/',
  component: lazyRouteComponent(() => import('../features/actors/NewActorPage'), 'NewDestinationPage'),
});
const destinationForm = createRoute({
  getParentRoute: () => destinationNew,
  path: '$definitionId',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../features/actors/NewActorPage'), 'NewDestinationForm'),
});
const destinationOne = createRoute({
  getParentRoute: () => destinations,
  path: '$actorId',
  component: lazyRouteComponent(() => import('../features/actors/ActorPage'), 'DestinationPage'),
});

const jobs = createRoute({
  getParentRoute: () => workspace,
  path: 'jobs',
  staticData: { crumb: 'page.jobs' },
});
const jobList = createRoute({
  getParentRoute: () => jobs,
  path: '/',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../features/jobs/JobsPage'), 'JobsPage'),
});
const job = createRoute({
  getParentRoute: () => jobs,
  path: '$jobId',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../features/jobs/JobPage'), 'JobPage'),
});

const alerts = createRoute({
  getParentRoute: () => workspace,
  path: 'alerts',
  validateSearch: words,
  staticData: { crumb: 'page.alerts' },
  component: lazyRouteComponent(() => import('../features/alerts/AlertsPage'), 'AlertsPage'),
});

const docs = createRoute({
  getParentRoute: () => workspace,
  path: 'docs',
  staticData: { crumb: 'page.docs' },
  component: lazyRouteComponent(() => import('../features/docs/DocsFrame'), 'DocsFrame'),
});
const docsStart = createRoute({
  getParentRoute: () => docs,
  path: '/',
  component: lazyRouteComponent(() => import('../features/docs/DocsStart'), 'DocsStart'),
});
const guide = createRoute({
  getParentRoute: () => docs,
  path: '$guide',
  component: lazyRouteComponent(() => import('../features/docs/GuidePage'), 'GuidePage'),
});

const builder = createRoute({
  getParentRoute: () => workspace,
  path: 'builder',
  staticData: { crumb: 'page.builder' },
});
const builderList = createRoute({
  getParentRoute: () => builder,
  path: '/',
  component: lazyRouteComponent(() => import('../features/builder/BuilderPage'), 'BuilderPage'),
});
const builderProject = createRoute({
  getParentRoute: () => builder,
  path: '$projectId',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../features/builder/ProjectPage'), 'ProjectPage'),
});

const settings = createRoute({
  getParentRoute: () => workspace,
  path: 'settings',
  staticData: { crumb: 'page.settings' },
  component: lazyRouteComponent(() => import('../features/settings/SettingsFrame'), 'SettingsFrame'),
});
const settingsPart = createRoute({
  getParentRoute: () => settings,
  path: '$part',
  validateSearch: words,
  component: lazyRouteComponent(() => import('../features/settings/SettingsPart'), 'SettingsPart'),
});

const consentDone = createRoute({
  getParentRoute: () => root,
  path: '/oauth/done',
  component: lazyRouteComponent(() => import('../actors/ConsentDone'), 'ConsentDone'),
});

const routes = root.addChildren([
  login,
  consentDone,
  setup,
  start,
  workspace.addChildren([
    home,
    connections.addChildren([connectionList, wizardStart, wizard, connection.addChildren([connectionTab])]),
    sources.addChildren([sourceList, sourceNew.addChildren([sourcePick, sourceForm]), sourceOne]),
    destinations.addChildren([
      destinationList,
      destinationNew.addChildren([destinationPick, destinationForm]),
      destinationOne,
    ]),
    builder.addChildren([builderList, builderProject]),
    jobs.addChildren([jobList, job]),
    alerts,
    docs.addChildren([docsStart, guide]),
    settings.addChildren([settingsPart]),
  ]),
]);

/** Filters and the like stand in the address as words, so that a view can be sent to somebody. */
function words(search: Record<string, unknown>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
    ),
  );
}

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: routes,
    context: { queries },
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Loading />,
    defaultErrorComponent: ({ error, reset }) => <ErrorCard error={error} onRetry={reset} />,
    defaultNotFoundComponent: () => <NotFound />,
    scrollRestoration: true,
    // Plain words, as one would type them.
    parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
    stringifySearch: (search) => {
      const text = new URLSearchParams(words(search) as Record<string, string>).toString();
      return text === '' ? '' : `?${text}`;
    },
  });
}

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    crumb?: MessageId;
  }
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
