import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, assertEqual, until } from '../harness.mjs';

/** Orders with their items: by token of OAuth, in pages, with a limit of calls, and since a time. */
async function shop() {
  const asked = { tokens: 0, orders: [], items: 0, refused: 0 };
  const token = 'a-token-of-the-shop';
  const orders = Array.from({ length: 7 }, (_, index) => ({
    id: index + 1,
    customer: `customer ${index + 1}`,
    updated_at: `2026-01-0${index + 1}T00:00:00Z`,
  }));
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const answer = (status, body, headers = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (url.pathname === '/oauth/token') {
      let text = '';
      request.on('data', (part) => (text += part));
      request.on('end', () => {
        asked.tokens++;
        const form = new URLSearchParams(text);
        const isRight =
          form.get('grant_type') === 'client_credentials' &&
          form.get('client_secret') === 'secret of the shop';
        answer(
          isRight ? 200 : 401,
          isRight ? { access_token: token, expires_in: 3600 } : { error: 'invalid_client' },
        );
      });
      return;
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      answer(401, { error: 'who are you?' });
      return;
    }
    const items = /^\/v1\/orders\/(\d+)\/items$/.exec(url.pathname);
    if (items !== null) {
      asked.items++;
      // Each third request is one too many at first.
      if (asked.items % 3 === 0 && asked.refused < 2) {
        asked.refused++;
        answer(429, { error: 'slow down' }, { 'retry-after': '1' });
        return;
      }
      answer(200, {
        data: [1, 2].map((number) => ({
          id: `${items[1]}-${number}`,
          order_id: Number(items[1]),
          pieces: number,
        })),
      });
      return;
    }
    if (url.pathname === '/v1/orders') {
      asked.orders.push(url.search);
      const since = url.searchParams.get('updated_since') ?? '';
      const page = Number(url.searchParams.get('page') ?? 1);
      const size = Number(url.searchParams.get('per_page') ?? 3);
      const found = orders.filter((each) => each.updated_at >= since);
      answer(200, { data: found.slice((page - 1) * size, page * size), page, per_page: size });
      return;
    }
    answer(404, { error: 'nothing here' });
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    asked,
    address: `http://127.0.0.1:${server.address().port}/v1`,
    token: `http://127.0.0.1:${server.address().port}/oauth/token`,
    close: () => server.close(),
  };
}

/** Types into the field that has this label within a part. */
async function fill(within, label, text) {
  const field = within.getByRole('textbox', { name: label }).first();
  await field.fill(text);
  await field.blur();
}

async function choose(page, within, label, option) {
  await within.getByRole('combobox', { name: label }).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** A list of words: each is typed and ended by Enter. */
async function tags(within, label, words) {
  const field = within
    .getByRole('combobox', { name: label })
    .or(within.getByRole('textbox', { name: label }))
    .first();
  for (const word of words) {
    await field.fill(word);
    await field.press('Enter');
  }
}

function card(page, title) {
  return page
    .getByRole('region', { name: 'Editor' })
    .locator('[class*="card"]')
    .filter({ has: page.getByRole('button', { name: titled(title) }) });
}

/** The title of a card, with the number of its issues where there are any. */
function titled(title) {
  return new RegExp(`^${title}\\s*(\\d.*)?$`);
}

async function opened(page, title) {
  const found = card(page, title);
  const button = found.getByRole('button', { name: titled(title) });
  if ((await button.getAttribute('aria-expanded')) !== 'true') {
    await button.click();
  }
  return found;
}

async function addStream(page, name) {
  await page.getByRole('button', { name: 'Add a stream' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a stream' });
  await dialog.getByRole('textbox', { name: /^Name of the stream/ }).fill(name);
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await page.getByRole('heading', { name, level: 2 }).waitFor();
}

async function test(page, server, pattern) {
  const begun = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().endsWith('/tests'),
  );
  await page.getByRole('button', { name: 'Test the stream' }).click();
  const { testId } = await (await begun).json();
  await until(
    async () => (await server.call('GET', `/api/sluice/v1/builder/tests/${testId}`)).status !== 'running',
    'the end of the test',
    60,
  );
  const panel = page.getByRole('region', { name: 'Test' });
  // What the last test said stays until the page has seen that this one has ended.
  await panel.getByRole('button', { name: 'Cancel' }).waitFor({ state: 'hidden' });
  await panel.getByText(/^(Succeeded|Failed)/).waitFor({ timeout: 60_000 });
  const words = await panel.getByRole('status').first().textContent();
  assert(pattern.test(words), `the test said: ${await panel.textContent()}`);
  return panel;
}

/** 22: in the page alone somebody builds a source of an API with pages, limits, OAuth, increments and a parent, and syncs it. */
export async function aSourceIsBuiltInThePage({ page, server, base }) {
  const ws = await server.workspace();
  const api = await shop();
  try {
    await build(page, base, ws, server, api);
    await use(page, base, ws, server, api);
  } finally {
    api.close();
  }
}
aSourceIsBuiltInThePage.longest = 180_000;

async function build(page, base, ws, server, api) {
  await page.goto(`${base}/w/${ws}/builder`);
  await page.getByRole('button', { name: 'New connector' }).first().click();
  await page.getByRole('textbox', { name: /^Name of the connector/ }).fill('Village shop');
  await page.getByRole('button', { name: 'Create the project' }).click();
  await page.getByRole('heading', { name: 'Village shop', level: 1 }).waitFor();

  const global = await opened(page, 'API');
  await fill(global, /^Base URL/, api.address);
  await choose(page, global, /^Authentication/, 'OAuth 2.0');
  await choose(page, global, /^Grant/, 'Client credentials');
  await fill(global, /^Token URL/, api.token);

  await addStream(page, 'orders');
  await tags(card(page, 'Stream'), /^Primary key/, ['id']);
  await fill(card(page, 'Request'), /^Path/, '/orders');

  await page.getByRole('button', { name: 'Testing values' }).click();
  const values = page.getByRole('dialog', { name: 'Testing values' });
  await values.getByLabel(/^Client ID/).fill('village');
  await values.getByLabel(/^Client secret/).fill('secret of the shop');
  await values.getByRole('button', { name: 'Save the values' }).click();
  await values.waitFor({ state: 'hidden' });

  const panel = await test(page, server, /^Succeeded/);
  await panel.getByRole('tab', { name: 'Response' }).click();
  await panel.getByRole('button', { name: /^data \[/ }).click();
  await page.getByRole('menuitem', { name: 'The records are here' }).click();
  await panel.getByRole('button', { name: 'Use pagination: page numbers' }).click();

  const incremental = await opened(page, 'Incremental sync');
  await choose(page, incremental, /^Incremental sync/, 'By time');
  await fill(incremental, /^Cursor field/, 'updated_at');
  await fill(incremental, /^Format of times/, '%Y-%m-%dT%H:%M:%SZ');
  await choose(page, incremental, /^From/, 'A value');
  await fill(incremental, /^From/, '2026-01-01T00:00:00Z');
  await choose(page, incremental, /^Where the start goes/, 'Part of the request');
  await fill(incremental, /^Name/, 'updated_since');

  await test(page, server, /7 records, 3 pages/);
  await panel.getByRole('tab', { name: /^Schema/ }).click();
  await panel.getByRole('button', { name: 'Take over what was found' }).click();
  await panel.getByRole('tab', { name: 'Other requests' }).click();
  assert(!(await panel.textContent()).includes('secret of the shop'), 'the secret is shown');

  await addStream(page, 'order_items');
  await tags(card(page, 'Stream'), /^Primary key/, ['id']);
  const partitions = await opened(page, 'Partitions and parent streams');
  await partitions.getByRole('button', { name: 'Add: Partitions' }).click();
  await page.getByRole('menuitem', { name: 'Parent stream' }).click();
  await choose(page, partitions, /^Parent stream/, 'orders');
  await fill(partitions, /^Key of the parent/, 'id');
  await fill(partitions, /^Name of the value/, 'order');
  await fill(card(page, 'Request'), /^Path/, "/orders/{{ stream_partition['order'] }}/items");
  await tags(card(page, 'Response'), /^Field path/, ['data']);
  const errors = await opened(page, 'Error handling');
  await choose(page, errors, /^Error handling/, 'Rules and waiting');
  await page
    .getByRole('dialog', { name: 'This is shared' })
    .getByRole('button', { name: 'Only here' })
    .click({ timeout: 2000 })
    .catch(() => {});
  await errors.getByRole('button', { name: 'Add: How long to wait' }).click();
  await page.getByRole('menuitem', { name: 'Seconds from a header' }).click();
  await fill(errors, /^Header/, 'Retry-After');
  await test(page, server, /^Succeeded/);
  assert(api.asked.refused > 0, 'the API never said that it is too much');
  await panel.getByRole('tab', { name: /^Schema/ }).click();
  await panel.getByRole('button', { name: 'Take over what was found' }).click();
}

async function use(page, base, ws, server, api) {
  // What is published has been tested as it is.
  await page.getByRole('button', { name: 'orders', exact: true }).click();
  await test(page, server, /^Succeeded/);
  await page.getByRole('button', { name: 'order_items', exact: true }).click();
  await test(page, server, /^Succeeded/);
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Note/ }).fill('Orders and their items');
  await dialog
    .getByText(/All checks passed|Why publish/)
    .first()
    .waitFor();
  const reason = dialog.getByRole('textbox', { name: /^Why publish/ });
  if (await reason.isVisible()) {
    await reason.fill('It is a test');
  }
  await dialog.getByRole('button', { name: 'Publish the version' }).click();
  await page.getByRole('link', { name: 'Set up a source with it' }).click();

  const name = `Village shop ${Date.now()}`;
  await page.getByRole('textbox', { name: 'Source name' }).fill(name);
  await page.getByLabel(/^Client ID/).fill('village');
  await page.getByLabel(/^Client secret/).fill('secret of the shop');
  await page.getByRole('button', { name: 'Set up source' }).click();
  await page.waitForURL(/\/sources\/[0-9a-f-]{36}$|\/sources$/, { timeout: 60_000 });

  const { data } = await server.call('GET', `/api/public/v1/sources?workspaceIds=${ws}&limit=100`);
  const source = data.find((each) => each.name === name);
  const file = join(mkdtempSync(join(tmpdir(), 'builder-')), 'shop.duckdb');
  const destinationId = await server.end('destination', `Shop ${Date.now()}`, {
    destinationType: 'duckdb',
    path: file,
  });
  const { connectionId } = await server.call('POST', '/api/public/v1/connections', {
    name: 'Shop to lake',
    sourceId: source.sourceId,
    destinationId,
    configurations: {
      streams: [
        { name: 'orders', syncMode: 'incremental_deduped_history' },
        { name: 'order_items', syncMode: 'full_refresh_overwrite' },
      ],
    },
  });
  await page.goto(`${base}/w/${ws}/connections/${connectionId}/status`);
  await page.getByRole('button', { name: 'Start the first sync' }).click();
  const job = await until(
    async () => {
      const jobs = await server.call('GET', `/api/public/v1/jobs?connectionId=${connectionId}`);
      const [last] = jobs.data;
      return last !== undefined && ['succeeded', 'failed', 'cancelled'].includes(last.status)
        ? last
        : undefined;
    },
    'the end of the sync',
    60,
  );
  assertEqual(job.status, 'succeeded', 'the sync');
  assertEqual(job.rowsSynced, 7 + 14, 'what was synced');
  assert(
    api.asked.orders.some((search) => search.includes('updated_since=')),
    'nobody asked for what is new',
  );
}
