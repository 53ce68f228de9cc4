import { assert, assertEqual, number, Skip, until } from '../harness.mjs';

const postgres = () => {
  if (!process.env.SLUICE_PG_HOST) {
    throw new Skip('there is no database to read');
  }
  return {
    sourceType: 'postgres',
    host: process.env.SLUICE_PG_HOST,
    port: Number(process.env.SLUICE_PG_PORT),
    database: process.env.SLUICE_PG_DATABASE,
    username: process.env.SLUICE_PG_USER,
    password: process.env.SLUICE_PG_PASSWORD,
  };
};

/** A source and a destination, chosen in the wizard; it stands at the streams then. */
async function atTheStreams({ page, server, base }, word, source, destination) {
  const name = `${word} ${Date.now() % 100_000}`;
  await server.end('source', `${name} source`, source);
  if (destination === undefined) {
    await server.end('destination', `${name} destination`, {
      destinationType: 'sqlite',
      path: `${name.replace(' ', '-')}.sqlite`,
    });
  }
  await page.goto(`${base}/w/${await server.workspace()}/connections/new`);
  const begin = page.getByRole('button', { name: 'Begin anew' });
  const sides = page.getByRole('radiogroup', { name: 'Source', exact: true });
  await begin.or(sides).first().waitFor();
  if (await begin.isVisible()) {
    await begin.click();
  }
  await page.getByRole('button', { name: `${name} source` }).click();
  await page.getByRole('button', { name: destination ?? `${name} destination` }).click();
}

/** 4: whoever reloads, goes back or goes on in another browser finds what was entered. */
export async function nothingIsLostOnTheWay(about) {
  const { page, browser, base, server } = about;
  await atTheStreams(about, 'Kept', { sourceType: 'sample', count: 10 });
  const mode = page.getByRole('combobox', { name: 'Sync mode of users' });
  await mode.selectOption('full_refresh_append');
  await page.reload();
  await mode.waitFor();
  assertEqual(await mode.inputValue(), 'full_refresh_append', 'the mode after a reload');
  await page.getByRole('button', { name: 'Next' }).click();
  const name = page.getByRole('textbox', { name: /^Connection name/ });
  await name.fill('Kept on the way');
  await page.goBack();
  await mode.waitFor();
  await page.goForward();
  assertEqual(await name.inputValue(), 'Kept on the way', 'the name after going back and forth');
  const other = await (await browser.newContext({ locale: 'en-US' })).newPage();
  other.setDefaultTimeout(15_000);
  await other.goto(`${base}/w/${await server.workspace()}/connections/new`);
  await other
    .getByRole('group')
    .or(other.locator('div'))
    .filter({ has: other.getByText('Kept on the way', { exact: true }) })
    .last()
    .getByRole('button', { name: 'Go on' })
    .click();
  await other.getByRole('button', { name: 'Configure' }).click();
  assertEqual(
    await other.getByRole('textbox', { name: /^Connection name/ }).inputValue(),
    'Kept on the way',
    'the name in another browser',
  );
  await other.context().close();
}

/** 5: a stream without a key is copied whole, says what it lacks, and takes the better mode once it has it. */
export async function aStreamWithoutAKeyFallsBack(about) {
  const { page, sql } = about;
  const source = postgres();
  await sql('CREATE SCHEMA keyless');
  await sql('CREATE TABLE keyless.visits (code text, updated_at timestamptz)');
  await atTheStreams(about, 'Keyless', { ...source, schemas: ['keyless'] });
  const mode = page.getByRole('combobox', { name: 'Sync mode of keyless.visits' });
  await mode.waitFor();
  assertEqual(await mode.inputValue(), 'full_refresh_overwrite', 'the mode without a key');
  await page.getByRole('button', { name: 'Primary key of keyless.visits: Choose key' }).click();
  await page.getByRole('combobox', { name: 'Primary key of keyless.visits' }).click();
  await page.getByRole('option', { name: /^code/ }).click();
  await until(
    async () => (await mode.inputValue()) !== 'full_refresh_overwrite',
    'the mode to become a better one',
  );
  assert((await mode.inputValue()).includes('dedup'), `with a key it is ${await mode.inputValue()}`);
  await sql('DROP SCHEMA keyless CASCADE');
}

/** 6: of 520 streams the 500 that are looked for get a cursor, which 480 of them have; the others are let be, and it can be taken back. */
export async function manyAreChangedAtOnce(about) {
  const { page, sql } = about;
  const source = postgres();
  await sql('CREATE SCHEMA many');
  await sql(
    'DO $$ BEGIN FOR i IN 1..520 LOOP EXECUTE format(' +
      "'CREATE TABLE many.%I (id int PRIMARY KEY, %I timestamptz)'," +
      " CASE WHEN i <= 500 THEN 't' ELSE 'other' END || i," +
      " CASE WHEN i BETWEEN 481 AND 500 THEN 'made' ELSE 'updated_at' END); END LOOP; END $$",
  );
  await atTheStreams(about, 'Many', { ...source, schemas: ['many'] });
  // Of so many none is chosen at the beginning.
  await page.getByRole('checkbox', { name: 'Select all shown' }).check();
  const shown = page.getByRole('status').filter({ hasText: /streams? shown/ });
  await page.getByRole('textbox', { name: /^Search: name/ }).fill('/^many\\.t/');
  await until(async () => number(await shown.textContent()) === 500, 'five hundred streams');
  await page.getByRole('button', { name: 'Set sync mode' }).click();
  await page.getByRole('menuitem', { name: /^Incremental \| Append(?! \+)/ }).click();
  await page.getByRole('button', { name: 'Set cursor' }).click();
  await page.getByText('480 of 500', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  const cursor = page.getByRole('button', { name: /^Cursor of many\.[a-z0-9]+: updated_at$/ });
  const isIssue = page.getByText('Issues (20)', { exact: true });
  await cursor.first().waitFor();
  // The twenty without the field still lack one, and only they.
  await isIssue.waitFor();
  await page.getByRole('textbox', { name: /^Search: name/ }).fill('many.other');
  await until(async () => number(await shown.textContent()) === 20, 'the others');
  assertEqual(await cursor.count(), 0, 'cursors of streams that were not looked for');
  await page.getByRole('textbox', { name: /^Search: name/ }).fill('many.t');
  await cursor.first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await cursor.first().waitFor({ state: 'detached' });
  await page.getByText('Issues (500)', { exact: true }).waitFor();
  await sql('DROP SCHEMA many CASCADE');
}

/** 12 and 13: a secret that nobody touches stays, and a test that fails says where and what to do. */
export async function secretsStayAndATestSaysWhatIsWrong({ page, server, base, sql }) {
  const source = postgres();
  const role = `secretive_${Date.now()}`;
  Object.assign(source, { username: role, password: `canary-${Date.now()}-4f7a` });
  await sql('CREATE TABLE IF NOT EXISTS secretive (id int PRIMARY KEY)');
  await sql(`CREATE ROLE ${role} LOGIN PASSWORD '${source.password}'`);
  await sql(`GRANT SELECT ON secretive TO ${role}`);
  const id = await server.end('source', 'Secretive', source);
  const sent = [];
  page.on('response', async (response) => {
    if (response.url().includes('/api/')) {
      sent.push(await response.text().catch(() => ''));
    }
  });
  await page.goto(`${base}/w/${await server.workspace()}/sources/${id}`);
  await page.getByRole('button', { name: 'Test and save' }).waitFor();
  const port = page.getByRole('textbox', { name: /^Port/ });
  if (!(await port.isVisible().catch(() => false))) {
    await page.getByRole('button', { name: /^Optional fields/ }).click();
  }
  await port.fill('1');
  await page.getByRole('button', { name: 'Test and save' }).click();
  await page.getByText('E_UNREACHABLE', { exact: false }).waitFor();
  await page.getByText('What to do:', { exact: false }).first().waitFor();
  await port.fill(String(source.port));
  await page.getByRole('button', { name: 'Test and save' }).click();
  await page.getByText('Secretive can be used').first().waitFor();
  const { jobId } = await server.call('POST', `/api/sluice/v1/sources/${id}/check`);
  assertEqual((await server.ended(jobId)).status, 'succeeded', 'a test with the secret that nobody touched');
  assert(!sent.some((text) => text.includes(source.password)), 'the secret was sent to the page');
  await server.call('DELETE', `/api/public/v1/sources/${id}`);
  await sql(`DROP OWNED BY ${role}; DROP ROLE ${role}; DROP TABLE secretive`);
}

/** What comes along of a stream: rows that meet a condition, some of a document, and a field as a hash. */
export async function rowsAndPartsOfFieldsAreChosen(about) {
  const { page, server } = about;
  await atTheStreams(about, 'Chosen', { sourceType: 'sample', count: 20 });
  await page.getByRole('combobox', { name: 'Sync mode of users' }).waitFor();
  await page.getByRole('button', { name: 'Rows of users that come along' }).click();
  await page.getByRole('combobox', { name: 'Field of comparison 1' }).click();
  await page.getByRole('option', { name: 'id', exact: true }).click();
  await page.getByRole('combobox', { name: 'Operator of comparison 1' }).click();
  await page.getByRole('option', { name: '<=', exact: true }).click();
  await page.getByRole('textbox', { name: 'Value of comparison 1' }).fill('7');
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await page.getByRole('button', { name: 'Fields by name' }).click();
  await page.getByText('Hash', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Names' }).fill('email');
  await page.getByText('Applies to 1 of 3', { exact: false }).waitFor();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  // The rest by the keys alone: from the row to its fields, and to what is inside of one.
  const grid = page.getByRole('treegrid');
  await page.locator('[role=gridcell][title=users]').first().click();
  await grid.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('checkbox', { name: 'Field id of users', exact: true }).waitFor();
  const address = page.getByRole('checkbox', { name: 'Field address of users', exact: true });
  for (let field = 0; field < 40 && !(await address.isVisible()); field++) {
    await page.keyboard.press('ArrowDown');
  }
  await address.locator('xpath=ancestor::*[@role="row"]').getByRole('gridcell').nth(2).click();
  await grid.focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('checkbox', { name: 'Field address.city of users' }).click();
  assert(await address.evaluate((box) => box.indeterminate), 'the address comes whole');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('View as YAML').click();
  await page.getByText('filter: id <= 7').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Set up connection' }).click();
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}\/status/);
  const loaded = page.locator('[data-stream="users"] [data-count="loaded"]');
  await until(async () => (await loaded.textContent()) === '7', 'seven rows to be there', 40);
  const id = page.url().match(/connections\/([0-9a-f-]{36})/)[1];
  const { after } = await server.call('GET', `/api/sluice/v1/connections/${id}/sample?stream=users&rows=5`);
  const types = new Map(after.fields);
  assert(!types.get('address').includes('city'), `the address is still ${types.get('address')}`);
  assert(types.has('email_hashed') && !types.has('email'), 'the address of mail is not hashed');
}

/** 10: a table that another connection writes to is told of, with a prefix that mends it, and which it is is a link away. */
export async function aTableOfAnotherConnectionIsNotTaken(about) {
  const { page, server } = about;
  const sourceId = await server.end('source', 'Taking source', { sourceType: 'sample', count: 5 });
  const taken = `Taken ${Date.now()}`;
  const destinationId = await server.end('destination', taken, {
    destinationType: 'sqlite',
    path: `taken-${Date.now()}.sqlite`,
  });
  await server.call('POST', '/api/public/v1/connections', {
    name: 'Takes users',
    sourceId,
    destinationId,
    configurations: { streams: [{ name: 'users', syncMode: 'full_refresh_overwrite' }] },
  });
  await atTheStreams(about, 'Late', { sourceType: 'sample', count: 5 }, taken);
  await page.getByRole('combobox', { name: 'Sync mode of users' }).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  const warning = page.getByRole('alert').filter({ hasText: 'Takes users' });
  await warning.waitFor();
  await warning.getByRole('button', { name: /^Add the prefix late_/ }).click();
  await warning.waitFor({ state: 'detached' });
  await page.getByText(/^late_\d+_source_users$/).waitFor();
  await page.getByRole('button', { name: 'Set up connection' }).click();
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}\/status/);
}

/** 8: what is missing is said where it is missing and once it is asked for, and the first of it has the focus. */
export async function whatIsMissingIsSaidInItsPlace(about) {
  const { page } = about;
  await atTheStreams(about, 'Missing', { sourceType: 'sample', count: 5 });
  await page.getByRole('combobox', { name: 'Sync mode of users' }).waitFor();
  const none = page.getByText('Select at least one stream to continue.');
  await page.getByRole('checkbox', { name: 'Deselect all shown' }).uncheck();
  assert(!(await none.isVisible()), 'it complains before anybody goes on');
  await page.getByRole('button', { name: 'Next' }).click();
  await none.first().waitFor();
  await page.getByRole('checkbox', { name: 'Select all shown' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  const name = page.getByRole('textbox', { name: /^Connection name/ });
  await name.waitFor();
  const complaint = page.getByText('Enter a name.');
  await name.fill('');
  await page.getByRole('radiogroup', { name: 'Schedule type' }).getByText('Cron', { exact: true }).click();
  await page.getByRole('button', { name: 'Set up connection' }).click();
  await complaint.first().waitFor();
  await page.getByText('Enter a cron expression.').first().waitFor();
  assert(await name.evaluate((field) => field === document.activeElement), 'the first of them has no focus');
  await name.fill('Not missing any more');
  await complaint.first().waitFor({ state: 'detached' });
}
