import { assert, assertEqual, Skip, until } from '../harness.mjs';

const ROWS = 40;

/** People of a warehouse, one without a mail and one whose name is too long, and a table of contacts that is there already. */
async function twoSides({ server, sql }, word) {
  if (!process.env.SLUICE_PG_HOST) {
    throw new Skip('there is no database');
  }
  const end = (schema) => ({
    host: process.env.SLUICE_PG_HOST,
    port: Number(process.env.SLUICE_PG_PORT),
    database: process.env.SLUICE_PG_DATABASE,
    username: process.env.SLUICE_PG_USER,
    password: process.env.SLUICE_PG_PASSWORD,
    ...(schema === undefined ? {} : { schemas: [schema] }),
  });
  const from = `${word}_dwh`;
  const to = `${word}_crm`;
  for (const statement of [
    `DROP SCHEMA IF EXISTS ${from} CASCADE`,
    `DROP SCHEMA IF EXISTS ${to} CASCADE`,
    `CREATE SCHEMA ${from}`,
    `CREATE SCHEMA ${to}`,
    `CREATE TABLE ${from}.people (id int PRIMARY KEY, mail text, full_name text, changed_at timestamptz NOT NULL)`,
    `INSERT INTO ${from}.people SELECT i, CASE WHEN i <> 3 THEN 'p' || i || '@x.org' END,` +
      ` CASE WHEN i = 4 THEN repeat('x', 30) ELSE 'Person ' || i END, now() FROM generate_series(1, ${ROWS}) i`,
    `CREATE TABLE ${to}.contacts (email text NOT NULL UNIQUE, name varchar(20) NOT NULL, origin text)`,
    `INSERT INTO ${to}.contacts VALUES ('p1@x.org', 'By hand', 'hand')`,
  ]) {
    await sql(statement);
  }
  const source = `${word} warehouse ${Date.now() % 100_000}`;
  const destination = `${word} crm ${Date.now() % 100_000}`;
  await server.end('source', source, { sourceType: 'postgres', ...end(from) });
  await server.end('destination', destination, { destinationType: 'postgres', ...end() });
  return { source, destination, from, to };
}

/** Others who look at the whole database shall not find what was made. */
async function leave({ sql }, { from, to }) {
  await sql(`DROP SCHEMA ${from} CASCADE`);
  await sql(`DROP SCHEMA ${to} CASCADE`);
}

/** Chooses both sides, and that rows become objects. */
async function toTheMappings({ page, server, base }, { source, destination }) {
  await page.goto(`${base}/w/${await server.workspace()}/connections/new`);
  const begin = page.getByRole('button', { name: 'Begin anew' });
  const sides = page.getByRole('radiogroup', { name: 'Source', exact: true });
  await begin.or(sides).first().waitFor();
  if (await begin.isVisible()) {
    await begin.click();
  }
  await page.getByRole('button', { name: source }).click();
  await page.getByRole('button', { name: destination }).click();
  await page.getByRole('radio', { name: /^Map rows to objects/ }).click({ timeout: 15_000 });
  return hands(page);
}

/** What hands do on a mapping. */
function hands(page) {
  const card = page.getByRole('region', { name: 'Mapping 1' });
  const choose = async (name, option) => {
    await card.getByRole('combobox', { name }).click();
    await page.getByRole('option', { name: option }).click();
  };
  return {
    card,
    go: page.getByRole('button', { name: 'Continue' }),
    stream: (label) => choose('Source stream', label),
    incremental: async () => {
      await choose('Sync mode', 'Incremental');
      await choose('Cursor', 'changed_at');
    },
    object: (name) => choose('Destination object', name),
    method: (name) => choose('Insertion method', new RegExp(`^${name}`)),
    add: () => card.getByRole('button', { name: 'Add field' }).click(),
    from: (field, source) => choose(`Source of ${field}`, new RegExp(`^${source}`)),
    to: async (field) => {
      await card.getByRole('combobox', { name: 'Destination field' }).last().click();
      await page.getByRole('option', { name: new RegExp(`^${field}`) }).click();
    },
    kind: (field, kind) =>
      card.getByRole('combobox', { name: `What comes into ${field}`, exact: true }).selectOption(kind),
    isLocked: (field) => card.getByRole('textbox', { name: `Destination field ${field}` }).waitFor(),
  };
}

/** Configures and sets up; the connection. */
async function setUp(page, starts) {
  await page.getByRole('button', { name: 'Set up connection' }).waitFor();
  if (!starts) {
    await page.getByRole('checkbox', { name: /sync/i }).last().uncheck();
  }
  await page.getByRole('button', { name: 'Set up connection' }).click();
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}\/status/);
  return page.url().match(/connections\/([0-9a-f-]{36})/)[1];
}

async function savedStreams(server, id) {
  const { configurations } = await server.call('GET', `/api/public/v1/connections/${id}`);
  return JSON.stringify(configurations.streams);
}

/** 2: from a source field to its object in the order of the steps; what is refused is listed with its reason, mended and sent again. */
export async function rowsBecomeObjectsOfAnotherSystem(about) {
  const { page, server, sql } = about;
  const sides = await twoSides(about, 'act');
  const map = await toTheMappings(about, sides);
  await map.stream(`${sides.from}.people`);
  await map.incremental();
  await map.object(`${sides.to}.contacts`);
  await map.add();
  await map.from('a new field', 'mail');
  await map.to('email');
  assert(await map.go.isDisabled(), 'it goes on although no insertion method is chosen');
  await page.getByRole('status').filter({ hasText: 'Choose an insertion method' }).waitFor();
  await map.method('Upsert');
  await map.isLocked('name');
  await map.isLocked('email');
  assert(await map.go.isDisabled(), 'it goes on although a required field is not mapped');
  await page.getByRole('status').filter({ hasText: 'Map all required fields' }).waitFor();
  await map.card.locator('[data-progress="1/2"]').waitFor();
  await map.from('name', 'full_name');
  await map.add();
  await map.to('origin');
  await map.kind('origin', 'constant');
  await map.card.getByRole('textbox', { name: 'Source of origin' }).fill('warehouse');

  await map.card.getByRole('button', { name: 'Test on rows' }).click();
  const tried = page.getByRole('dialog').locator('[data-tried]');
  await tried.waitFor({ timeout: 30_000 });
  assertEqual(await tried.getAttribute('data-tried'), '19/1', 'what would be sent of twenty rows, and not');
  await page.getByRole('dialog').locator('[data-outcome="REQUIRED"]').waitFor();
  await page.keyboard.press('Escape');

  await map.go.click();
  const id = await setUp(page, true);
  const row = page.locator(`[data-stream="${sides.from}.people"]`);
  await until(
    async () => (await row.locator('[data-count="rejected"]').textContent()) === '2',
    'two to be rejected',
    40,
  );
  await page.getByRole('link', { name: /^Rejected/ }).click();
  const reasons = page.getByRole('region', { name: 'Reasons' }).locator('tbody tr');
  await reasons.filter({ hasText: 'REQUIRED' }).waitFor();
  await reasons.filter({ hasText: 'REFUSED' }).waitFor();

  // The mapping is edited where it stands, the table is given room, and what it had refused is sent once more.
  await page.getByRole('link', { name: 'Mappings' }).click();
  await map.kind('name', 'expression');
  await map.card.getByRole('textbox', { name: 'Source of name' }).fill('substring(full_name, 1, 20)');
  await page.getByRole('button', { name: 'Save' }).click();
  await until(
    async () => (await savedStreams(server, id)).includes('substring(full_name, 1, 20)'),
    'the mapping to be saved',
  );
  await sql(`ALTER TABLE ${sides.to}.contacts ALTER COLUMN name TYPE varchar(40)`);
  await server.ended(await server.sync(id));
  await page.getByRole('link', { name: /^Rejected/ }).click();
  await page.getByRole('button', { name: 'Try all again' }).click();
  await until(async () => (await reasons.count()) === 1, 'one reason to be left', 30);
  await sql(
    `DO $$ BEGIN ASSERT (SELECT count(*) FROM ${sides.to}.contacts WHERE origin = 'warehouse') = ${ROWS - 1}; END $$`,
  );
  await server.call('DELETE', `/api/public/v1/connections/${id}`);
  await leave(about, sides);
}

rowsBecomeObjectsOfAnotherSystem.longest = 120_000;

/** 3: whether the insertion method is chosen first, or the destination field, the same is saved. */
export async function anyOrderOfStepsSavesTheSame(about) {
  const { page, server } = about;
  const sides = await twoSides(about, 'any');
  const orders = [
    async (map) => {
      await map.object(`${sides.to}.contacts`);
      await map.method('Upsert');
      await map.stream(`${sides.from}.people`);
      await map.incremental();
      await map.from('name', 'full_name');
      await map.from('email', 'mail');
    },
    async (map) => {
      await map.object(`${sides.to}.contacts`);
      await map.add();
      await map.to('email');
      await map.stream(`${sides.from}.people`);
      await map.from('email', 'mail');
      await map.incremental();
      await map.method('Upsert');
      await map.from('name', 'full_name');
    },
  ];
  const saved = [];
  for (const order of orders) {
    const map = await toTheMappings(about, sides);
    await order(map);
    await map.go.click();
    const id = await setUp(page, false);
    saved.push(await savedStreams(server, id));
    await server.call('DELETE', `/api/public/v1/connections/${id}`);
  }
  const wanted = [
    {
      name: 'people',
      namespace: sides.from,
      syncMode: 'incremental_deduped_history',
      cursorField: ['changed_at'],
      destinationObjectName: `${sides.to}.contacts`,
      matchingKey: ['email'],
      mappedFields: [
        { to: 'email', field: 'mail' },
        { to: 'name', field: 'full_name' },
      ],
    },
  ];
  assertEqual(saved[0], JSON.stringify(wanted), 'what is saved where the method is chosen first');
  assertEqual(saved[1], saved[0], 'what is saved where the destination field is chosen first');
  await leave(about, sides);
}

anyOrderOfStepsSavesTheSame.longest = 90_000;
