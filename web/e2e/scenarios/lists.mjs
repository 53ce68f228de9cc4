import { assert, assertEqual, number } from '../harness.mjs';

/** Filters stand in the address, so a view can be sent to somebody. */
export async function aFilterStandsInTheAddress({ page, server, base }) {
  await server.connection('Filter me');
  await server.connection('Other one');
  await page.goto(`${base}/w/${await server.workspace()}/connections`);
  await page.getByRole('searchbox', { name: 'Search by name' }).fill('filter m');
  await page.waitForURL(/q=filter/);
  await page.getByRole('link', { name: 'Filter me' }).waitFor();
  assertEqual(
    await page.getByRole('link', { name: 'Other one' }).count(),
    0,
    'connections that do not match',
  );
  await page.reload();
  await page.getByRole('link', { name: 'Filter me' }).waitFor();
  await page.getByRole('button', { name: /^Failed/ }).click();
  await page.getByText('No connection matches these filters').waitFor();
  await page.getByRole('button', { name: 'Clear all filters' }).first().click();
  await page.getByRole('link', { name: 'Other one' }).first().waitFor();
}

/** Many at once: each tells whether it was done. */
export async function manyAreSwitchedOffAtOnce({ page, server, base }) {
  await server.connection('Bulk 1');
  await server.connection('Bulk 2');
  await page.goto(`${base}/w/${await server.workspace()}/connections?q=Bulk`);
  await page.getByRole('checkbox', { name: 'Choose Bulk 1' }).check();
  await page.getByRole('checkbox', { name: 'Choose Bulk 2' }).check();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('Done for 2 connections').waitFor();
  await page.locator('tbody [data-status="paused"]').nth(1).waitFor();
}

/** Thousands of connections: only what is in sight is drawn, and the last one can be reached. */
export async function thousandsAreQuick({ page, server, base }) {
  const ws = await server.workspace();
  const row = (index) => ({
    connectionId: `00000000-0000-0000-0000-${String(index).padStart(12, '0')}`,
    name: `Made up ${index}`,
    status: 'healthy',
    standing: 'active',
    breakingChange: false,
    sourceId: '00000000-0000-0000-0000-000000000001',
    sourceName: 'A',
    destinationId: '00000000-0000-0000-0000-000000000002',
    destinationName: 'B',
    schedule: { type: 'manual' },
    failedInRow: 0,
    createdAt: '2026-01-01T00:00:00Z',
    tags: [],
  });
  await page.route('**/connections/counts*', (route) =>
    route.fulfill({ json: { all: 5_000, byStatus: { healthy: 5_000 } } }),
  );
  await page.route(`**/workspaces/${ws}/connections?*`, (route) => {
    const search = new URL(route.request().url()).searchParams;
    const offset = Number(search.get('offset'));
    return route.fulfill({
      json: { previous: '', next: '', data: Array.from({ length: 100 }, (_, each) => row(offset + each)) },
    });
  });
  await page.goto(`${base}/w/${ws}/connections`);
  await page.getByRole('link', { name: 'Made up 0', exact: true }).waitFor();
  const drawn = await page.locator('tbody tr[data-connection]').count();
  assert(drawn < 100, `${drawn} rows are drawn`);
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await page.getByRole('link', { name: 'Made up 4999' }).waitFor();
}

/** The jobs of all connections, by status. */
export async function jobsOfAllConnectionsAreListed({ page, server, base }) {
  const id = await server.connection('Ran once');
  await server.ended(await server.sync(id));
  await page.goto(`${base}/w/${await server.workspace()}/jobs?status=succeeded`);
  await page.getByRole('link', { name: 'Ran once' }).first().waitFor();
  const words = await page
    .locator('tbody tr [data-status]')
    .evaluateAll((all) => all.map((each) => each.dataset.status));
  assert(
    words.length > 0 && words.every((word) => word.startsWith('succeeded') || word === 'all_rejected'),
    words.join(),
  );
}

/** Home says what is there, and its numbers lead to the lists. */
export async function homeLeadsOn({ page, server, base }) {
  const id = await server.connection('Healthy one');
  await server.ended(await server.sync(id));
  await page.goto(`${base}/w/${await server.workspace()}/home`);
  const healthy = page.locator('a', { has: page.locator('[data-status="healthy"]') }).first();
  await healthy.waitFor();
  assert(number(await healthy.textContent()) > 0, 'nothing is healthy');
  await healthy.click();
  await page.waitForURL(/status=healthy/);
  await page.getByRole('link', { name: 'Healthy one' }).first().waitFor();
}
