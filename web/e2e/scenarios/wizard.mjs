import { assert, Skip, until } from '../harness.mjs';

const MOST_CLICKS = 12;
const MOST_SECONDS = 120;

/** 1: somebody with the address of a PostgreSQL has its rows elsewhere in two minutes and twelve clicks. */
export async function aNewcomerReachesTheFirstRows({ page, server, base, sql }) {
  if (!process.env.SLUICE_PG_HOST) {
    throw new Skip('there is no database to read');
  }
  await sql('DROP SCHEMA IF EXISTS newcomer CASCADE');
  await sql('CREATE SCHEMA newcomer');
  await sql('CREATE TABLE newcomer.orders (id int PRIMARY KEY, amount numeric(10,2))');
  await sql('INSERT INTO newcomer.orders SELECT i, i FROM generate_series(1, 250) i');
  const begun = Date.now();
  let clicks = 0;
  const click = async (what) => {
    await what.click();
    clicks++;
  };
  const fill = (name, value) => page.getByRole('textbox', { name }).first().fill(value);

  await page.goto(base);
  await click(page.getByRole('link', { name: 'Connections' }));
  // The page before has a link of the same name.
  await page.getByRole('heading', { name: 'Connections', level: 1 }).waitFor();
  await click(page.getByRole('link', { name: 'New connection' }).first());
  await anew(page);

  await setUpNew(page, 'Source', click);
  await click(page.getByText('PostgreSQL', { exact: true }).first());
  await fill(/^Source name/, 'Newcomer');
  await fill(/^Host/, process.env.SLUICE_PG_HOST);
  await fill(/^Database/, process.env.SLUICE_PG_DATABASE);
  await fill(/^User/, process.env.SLUICE_PG_USER);
  await click(page.getByRole('button', { name: /^Optional fields/ }));
  await fill(/^Port/, process.env.SLUICE_PG_PORT);
  await page.getByLabel('Password', { exact: true }).fill(process.env.SLUICE_PG_PASSWORD);
  await click(page.getByRole('button', { name: 'Set up source' }));

  await setUpNew(page, 'Destination', click);
  await click(page.getByText('SQLite', { exact: true }).first());
  await page.getByRole('textbox', { name: /file/i }).first().fill(`newcomer-${Date.now()}.sqlite`);
  await click(page.getByRole('button', { name: 'Set up destination' }));

  const row = page.getByRole('row').filter({ hasText: 'orders' }).first();
  await row.waitFor({ timeout: 30_000 });
  await click(page.getByRole('button', { name: 'Next' }));
  await click(page.getByRole('button', { name: 'Set up connection' }));
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}\/status/);
  const id = page.url().match(/connections\/([0-9a-f-]{36})/)[1];
  const loaded = page.locator('[data-stream="newcomer.orders"] [data-count="loaded"]');
  await until(async () => (await loaded.textContent()) === '250', 'all rows to be there', 40);
  const seconds = (Date.now() - begun) / 1000;
  assert(clicks <= MOST_CLICKS, `it took ${clicks} clicks and not ${MOST_CLICKS}`);
  assert(seconds <= MOST_SECONDS, `it took ${seconds} s and not ${MOST_SECONDS}`);
  await server.call('DELETE', `/api/public/v1/connections/${id}`);
  await sql('DROP SCHEMA newcomer CASCADE');
}

// Copies the whole database, in which others make tables of the same names.
aNewcomerReachesTheFirstRows.alone = true;

/** Somebody who has begun before is asked; a newcomer is not, and this does not count. */
async function anew(page) {
  const begin = page.getByRole('button', { name: 'Begin anew' });
  const choice = page.getByText('Set up new', { exact: true });
  await begin.or(choice).first().waitFor();
  if (await begin.isVisible()) {
    await begin.click();
  }
}

/** With none set up, the gallery is there at once. The step before has the same words, so they are looked for in this one. */
async function setUpNew(page, step, click) {
  const sides = page.getByRole('radiogroup', { name: step, exact: true });
  await sides.waitFor();
  const gallery = page.getByPlaceholder('Search connectors');
  if (!(await gallery.isVisible())) {
    await click(sides.getByText('Set up new', { exact: true }));
  }
  await gallery.waitFor();
}
