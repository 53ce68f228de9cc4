// Writes pictures of the main pages into docs/images: SLUICE_SERVER is a server that has nothing yet. What they show is set up first.
import { mkdirSync } from 'node:fs';
import { builtShop } from './builtShop.mjs';
import { launch, Server } from './harness.mjs';

const base = process.env.SLUICE_SERVER ?? 'http://127.0.0.1:8000';
const folder = process.env.SLUICE_IMAGES ?? new URL('../../docs/images/', import.meta.url).pathname;
const only = process.argv.slice(2);
const WIDE = { width: 1200, height: 760 };
const NARROW = { width: 390, height: 800 };
mkdirSync(folder, { recursive: true });
const server = new Server(base);
const workspaceId = await server.workspace();
const ws = `/w/${workspaceId}`;
const { shop, refused, draftId } = (await found()) ?? (await setUp());

/** What an earlier round has set up. */
async function found() {
  const list = (path) => server.call('GET', `/api/sluice/v1/workspaces/${workspaceId}/${path}`);
  const { data } = await list('connections?limit=50');
  const named = (name) => data.find((each) => each.name === name)?.connectionId;
  if (named('Web shop → Warehouse') === undefined) {
    return undefined;
  }
  return {
    shop: named('Web shop → Warehouse'),
    refused: named('Help desk → Warehouse'),
    draftId: await draft(),
  };
}

async function draft() {
  const { data: sources } = await server.call('GET', '/api/public/v1/sources');
  const { data: destinations } = await server.call('GET', '/api/public/v1/destinations');
  const source = sources.find((each) => each.name === 'Web shop');
  const destination = destinations.find((each) => each.name === 'Warehouse');
  const made = await server.call('POST', '/api/sluice/v1/drafts', {
    workspaceId,
    kind: 'connection',
    document: {
      source: { sourceId: source.sourceId, name: source.name },
      destination: { destinationId: destination.destinationId, name: destination.name },
      page: {
        wishes: {
          intent: 'replicate',
          way: 'changes',
          chosen: {
            '\nusers': { mode: 'incremental_deduped_history' },
            '\npurchases': { mode: 'incremental_deduped_history' },
            '\nproducts': { mode: 'full_refresh_overwrite' },
          },
        },
      },
    },
  });
  return made.draftId;
}

async function setUp() {
  const webShop = await server.end('source', 'Web shop', { sourceType: 'sample', count: 40_000 });
  const helpDesk = await server.end('source', 'Help desk', { sourceType: 'sample', count: 2_000 });
  await server.end('source', 'Billing', {
    sourceType: 'postgres',
    host: '127.0.0.1',
    port: 1,
    database: 'billing',
    username: 'reader',
    password: 'not that one',
  });
  const warehouse = await server.end('destination', 'Warehouse', {
    destinationType: 'sqlite',
    path: 'warehouse.sqlite',
  });
  const cron = (cronExpression) => ({ scheduleType: 'cron', cronExpression });
  const connect = async (name, sourceId, streams, more) =>
    (
      await server.call('POST', '/api/public/v1/connections', {
        name,
        sourceId,
        destinationId: warehouse,
        configurations: { streams },
        ...more,
      })
    ).connectionId;
  const changes = (name) => ({ name, syncMode: 'incremental_deduped_history', cursorField: ['updated_at'] });
  const made = await connect(
    'Web shop → Warehouse',
    webShop,
    [changes('users'), changes('purchases'), { name: 'products', syncMode: 'full_refresh_overwrite' }],
    { schedule: cron('0 15 * * * ?') },
  );
  const rejecting = await connect(
    'Help desk → Warehouse',
    helpDesk,
    [
      {
        name: 'users',
        syncMode: 'incremental_append',
        mappers: [
          {
            type: 'field-computing',
            mapperConfiguration: {
              targetField: 'points',
              value: 'if(id % 25 = 1, cast(name as integer), 1)',
            },
          },
          {
            type: 'field-computing',
            mapperConfiguration: { targetField: 'share', value: '100 / (id % 40)' },
          },
        ],
      },
    ],
    { prefix: 'help_', schedule: cron('0 30 6 ? * MON-FRI Europe/Vienna') },
  );
  for (const id of [made, made, made, rejecting]) {
    await server.ended(await server.sync(id));
  }
  return { shop: made, refused: rejecting, draftId: await draft() };
}

const { lastJobId } = await server.call('GET', `/api/sluice/v1/connections/${shop}/status`);
const { data: sources } = await server.call('GET', '/api/public/v1/sources');
const postgres = sources.find((each) => each.name === 'Billing');
const tab = (id, name) => `${ws}/connections/${id}/${name}`;
const built = await builtShop(server, workspaceId);
const pages = {
  home: `${ws}/home`,
  connections: `${ws}/connections`,
  'connection-status': tab(shop, 'status'),
  'connection-timeline': tab(shop, 'timeline'),
  'connection-schema': tab(shop, 'schema'),
  'connection-mappings': tab(refused, 'mappings'),
  'connection-rejected': tab(refused, 'rejected'),
  'connection-code': tab(shop, 'code'),
  'connection-settings': tab(shop, 'settings'),
  'wizard-source': `${ws}/connections/new/source?draft=${draftId}`,
  'wizard-streams': `${ws}/connections/new/streams?draft=${draftId}`,
  'wizard-configure': `${ws}/connections/new/configure?draft=${draftId}`,
  sources: `${ws}/sources`,
  'source-new': `${ws}/sources/new`,
  ...(postgres === undefined ? {} : { source: `${ws}/sources/${postgres.sourceId}` }),
  builder: `${ws}/builder/${built}?part=streams/0`,
  alerts: `${ws}/alerts`,
  docs: `${ws}/docs/sync-modes`,
  jobs: `${ws}/jobs`,
  job: `${ws}/jobs/${lastJobId}`,
  'settings-notifications': `${ws}/settings/notifications`,
  'settings-definitions': `${ws}/settings/definitions`,
  'settings-usage': `${ws}/settings/usage`,
  'settings-system': `${ws}/settings/system`,
};

/** What is done on a page before its picture is taken. */
const before = {
  builder: async (page) => {
    await page.getByRole('combobox', { name: 'Earlier tests' }).click();
    await page.getByRole('option').first().click();
    await page
      .getByText(/^Succeeded/)
      .first()
      .waitFor();
  },
  'connection-rejected': async (page) => {
    await page.getByRole('button', { name: 'Dry run of all' }).click();
    await page.locator('[data-dry-run]').waitFor();
  },
};

const browser = await launch();
for (const colorScheme of ['light', 'dark']) {
  const context = await browser.newContext({
    colorScheme,
    viewport: WIDE,
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  for (const [name, path] of Object.entries(pages)) {
    if (only.length > 0 && !only.some((word) => name.includes(word))) {
      continue;
    }
    await page.setViewportSize(WIDE);
    await page.goto(base + path);
    await page.locator('h1').first().waitFor();
    await page.waitForFunction(
      () => document.querySelector('[role=status][aria-label=Loading], .mantine-Skeleton-root') === null,
    );
    await before[name]?.(page);
    await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
    if (process.env.SLUICE_NARROW) {
      await page.setViewportSize(NARROW);
      await page.screenshot({ path: `${process.env.SLUICE_NARROW}/${name}-${colorScheme}.png` });
    }
  }
  await context.close();
}
await browser.close();
