import { assert, assertEqual, number, until } from '../harness.mjs';

/** 14 and 15: the numbers of a run only grow, are those of the server, and it is never said to be done before it is. */
export async function liveNumbersAreTrue({ page, server, base }) {
  const id = await server.connection('Live numbers', { count: 60_000, slow: 12_000 });
  await page.goto(`${base}/w/${await server.workspace()}/connections/${id}/status`);
  await page.getByRole('button', { name: 'Start the first sync' }).click();
  const live = page.locator('[data-live]');
  await live.waitFor();
  let last = 0;
  while ((await live.count()) > 0) {
    const text = await live
      .locator('dd')
      .first()
      .textContent({ timeout: 2_000 })
      .catch(() => null);
    const [bar, words] = await live
      .getByRole('progressbar')
      .evaluate((each) => [each.getAttribute('aria-valuenow'), each.getAttribute('aria-valuetext')], null, {
        timeout: 500,
      })
      .catch(() => [null, null]);
    const all = await live.textContent({ timeout: 500 }).catch(() => null);
    if (text === null || all === null) {
      break;
    }
    const read = number(text);
    assert(read >= last, `the count of records went back from ${last} to ${read}`);
    assert(
      bar === null || Number(bar) < 100 || words === 'How much there is in all is not known',
      `all was said to be done: ${bar}, ${words}`,
    );
    // For twenty seconds nobody can say how long it takes.
    assert(
      all.includes('How long it takes cannot be told yet.') && !/ left\.|longer than/.test(all),
      `there is no ground to say how long it takes: ${all}`,
    );
    last = read;
    await page.waitForTimeout(200);
  }
  await page.getByText('Healthy. 1 stream').waitFor({ timeout: 20_000 });
  const status = await server.call('GET', `/api/sluice/v1/connections/${id}/status`);
  const { data } = await server.call('GET', `/api/sluice/v1/jobs/${status.lastJobId}/streams`);
  const row = page.locator('[data-stream="users"]');
  for (const [count, name] of [
    ['read', 'recordsRead'],
    ['loaded', 'recordsCommitted'],
    ['rejected', 'recordsRejected'],
  ]) {
    await until(
      async () => number(await row.locator(`[data-count="${count}"]`).textContent()) === data[0][name],
      `${count} to be ${data[0][name]}`,
    );
  }
}

/** 16: a cancel is answered at once, and the job ends. */
export async function aCancelIsAnsweredAtOnce({ page, server, base }) {
  const id = await server.connection('To be cancelled', { count: 2_000_000, slow: 50_000 });
  const jobId = await server.sync(id);
  await page.goto(`${base}/w/${await server.workspace()}/connections/${id}/status`);
  const cancel = page.getByRole('button', { name: 'Cancel the job' });
  await cancel.waitFor();
  const took = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const button = [...document.querySelectorAll('button')].find(
          (each) => each.textContent === 'Cancel the job',
        );
        const begun = performance.now();
        new MutationObserver(() => {
          if (document.body.textContent.includes('Cancelling…')) {
            resolve(performance.now() - begun);
          }
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
        button.click();
      }),
  );
  assert(took <= 200, `the answer took ${took} ms`);
  assertEqual((await server.ended(jobId)).status, 'cancelled', 'the job');
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
}

aCancelIsAnsweredAtOnce.alone = true;

/** 18: what changes at a source is seen, accepted in part and told; a stream without its key stops, and no other. */
export async function changesOfTheSourceAreReviewed({ page, server, base, sql }) {
  await sql('DROP SCHEMA IF EXISTS changing CASCADE');
  await sql('CREATE SCHEMA changing');
  for (const [table, columns] of [
    ['orders', 'id int PRIMARY KEY, name text'],
    ['prices', 'id int PRIMARY KEY, amount bigint'],
    ['keyed', 'id int PRIMARY KEY, note text'],
  ]) {
    await sql(`CREATE TABLE changing.${table} (${columns}); INSERT INTO changing.${table} VALUES (1)`);
  }
  const sourceId = await server.end('source', 'Changing', {
    sourceType: 'postgres',
    host: process.env.SLUICE_PG_HOST,
    port: Number(process.env.SLUICE_PG_PORT),
    database: process.env.SLUICE_PG_DATABASE,
    username: process.env.SLUICE_PG_USER,
    password: process.env.SLUICE_PG_PASSWORD,
    schemas: ['changing'],
  });
  const destinationId = await server.end('destination', 'Changed', {
    destinationType: 'sqlite',
    path: `changing-${Date.now()}.sqlite`,
  });
  const { connectionId } = await server.call('POST', '/api/public/v1/connections', {
    name: 'Changing to changed',
    sourceId,
    destinationId,
    nonBreakingSchemaUpdatesBehavior: 'ignore',
    configurations: {
      streams: ['orders', 'prices', 'keyed'].map((name) => ({
        name,
        namespace: 'changing',
        syncMode: name === 'keyed' ? 'full_refresh_overwrite_deduped' : 'full_refresh_overwrite',
        ...(name === 'keyed' ? { primaryKey: [['id']] } : {}),
      })),
    },
  });
  await server.ended(await server.sync(connectionId));
  await sql('ALTER TABLE changing.orders ADD COLUMN added int, DROP COLUMN name');
  await sql('ALTER TABLE changing.prices ALTER COLUMN amount TYPE int');
  await sql('ALTER TABLE changing.keyed DROP COLUMN id');
  const at = `${base}/w/${await server.workspace()}/connections/${connectionId}`;
  await page.goto(`${at}/schema`);
  await page.getByRole('button', { name: 'Check the source now' }).click();
  const change = (name) => page.locator(`[data-change="changing.${name}"]`);
  const told = {
    orders: ['added is new', 'name is gone'],
    prices: ['amount was int64 and is int32'],
    keyed: ['id is gone'],
  };
  for (const [name, words] of Object.entries(told)) {
    for (const each of words) {
      await change(name).getByText(each, { exact: false }).waitFor();
    }
  }
  for (const name of ['orders', 'prices']) {
    await page.getByRole('checkbox', { name: `Accept the change of changing.${name}` }).check();
  }
  await page.getByRole('checkbox', { name: 'Accept the change of changing.keyed' }).uncheck();
  await page.getByRole('button', { name: 'Accept 2, ignore 0' }).click();
  await change('orders').waitFor({ state: 'detached' });
  await change('prices').waitFor({ state: 'detached' });
  assert(await change('keyed').isVisible(), 'what nobody accepted is gone');
  await server.ended(await server.sync(connectionId));
  await page.goto(`${at}/status`);
  await page.locator('[data-stream="changing.orders"] [data-status="synced"]').waitFor();
  await page.locator('[data-stream="changing.prices"] [data-status="synced"]').waitFor();
  await page.locator('[data-stream="changing.keyed"] [data-status="needs_review"]').waitFor();
  await page.goto(`${at}/timeline`);
  const found = page.locator('[data-event="SCHEMA_CHANGE_FOUND"]').first();
  await found.getByText('changing.prices').waitFor();
  assert((await found.textContent()).includes('amount was int64 and is int32'), await found.textContent());
  const reviewed = page.locator('[data-event="SCHEMA_CHANGE_REVIEWED"]');
  await reviewed.getByText('accepted', { exact: false }).first().waitFor();
  const words = await reviewed.textContent();
  assert(words.includes('name is gone') && !words.includes('keyed'), words);
  await sql('DROP SCHEMA changing CASCADE');
}

/** What a stream holds can be seen before it is copied, and what its mappers make of it too. */
export async function theFirstRowsAreShown({ page, server, base }) {
  const id = await server.connection('Sampled');
  const at = `${base}/w/${await server.workspace()}/connections/${id}`;
  await server.ended(await server.sync(id));
  await page.goto(`${at}/schema`);
  await page.getByText('users', { exact: true }).first().hover();
  await page.getByRole('button', { name: 'First rows of users' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('row').nth(20).waitFor();
  assert((await dialog.textContent()).includes('@'), 'no address is among the first users');
  await page.keyboard.press('Escape');
  await page.goto(`${at}/mappings`);
  await page.locator('[data-stream="users"]').getByRole('button', { name: 'Add a mapping' }).click();
  await page.getByRole('textbox', { name: 'Field' }).fill('email');
  await page.getByRole('dialog').getByRole('button', { name: 'Add a mapping' }).click();
  await page.getByRole('button', { name: 'Show what they do' }).click();
  const after = page.getByRole('region', { name: 'As the destination gets them' });
  await after.getByText('email_hashed').waitFor();
  assert(!(await after.textContent()).includes('@'), 'an address is there though it is hashed');
}

/** 19: streams are edited; what becomes of the rows that are there is decided before it is saved. */
export async function streamsAreEditedAndReviewed({ page, server, base }) {
  const sourceId = await server.end('source', 'Edited source', { sourceType: 'sample', count: 50 });
  const destinationId = await server.end('destination', 'Edited destination', {
    destinationType: 'sqlite',
    path: `edited-${Date.now()}.sqlite`,
  });
  const { connectionId } = await server.call('POST', '/api/public/v1/connections', {
    name: 'Edited',
    sourceId,
    destinationId,
    configurations: { streams: [{ name: 'users', syncMode: 'full_refresh_overwrite' }] },
  });
  await server.ended(await server.sync(connectionId));
  await page.goto(`${base}/w/${await server.workspace()}/connections/${connectionId}/schema`);
  await page
    .getByRole('combobox', { name: 'Sync mode of users' })
    .selectOption('incremental_deduped_history');
  await page.getByRole('checkbox', { name: 'Select products' }).check();
  await page.getByText('2 streams are changed and not saved').waitFor();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('[data-edit="products"]').waitFor();
  assert(
    await dialog.getByRole('radio', { name: 'Refresh, and keep what is there' }).isChecked(),
    'no refresh is advised, though the rows that are there would stay as they were',
  );
  await dialog.getByRole('button', { name: 'Save and refresh' }).click();
  await dialog.waitFor({ state: 'detached' });
  const kinds = await until(async () => {
    const { data } = await server.call(
      'GET',
      `/api/sluice/v1/workspaces/${await server.workspace()}/jobs?connectionId=${connectionId}&kinds=refresh`,
    );
    return data.length > 0 ? data : undefined;
  }, 'a refresh');
  assertEqual((await server.ended(kinds[0].jobId)).status, 'succeeded', 'the refresh');
  const { configurations } = await server.call('GET', `/api/public/v1/connections/${connectionId}`);
  assertEqual(
    configurations.streams
      .map((stream) => `${stream.name} ${stream.syncMode}`)
      .sort()
      .join(),
    'products incremental_deduped_history,users incremental_deduped_history',
    'what was saved',
  );
  await page.getByRole('combobox', { name: 'Sync mode of users' }).selectOption('full_refresh_overwrite');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await dialog.getByRole('radio', { name: 'Clear' }).check();
  const clear = dialog.getByRole('button', { name: 'Save and clear' });
  assert(await clear.isDisabled(), 'it can be cleared without a word');
  await dialog.getByRole('textbox').fill('Edited');
  assert(await clear.isEnabled(), 'the name is not enough');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByText('not saved').waitFor({ state: 'detached' });
}

/** 19: a clear is asked for by the name, and does what it says. */
export async function aClearHasToBeTyped({ page, server, base }) {
  const id = await server.connection('Precious');
  await server.ended(await server.sync(id));
  await page.goto(`${base}/w/${await server.workspace()}/connections/${id}/status`);
  await page.getByRole('button', { name: 'Other runs' }).click();
  await page.getByRole('menuitem', { name: /^Clear/ }).click();
  const dialog = page.getByRole('dialog');
  const button = dialog.getByRole('button', { name: 'Clear' });
  assert(await button.isDisabled(), 'it can be cleared without a word');
  await dialog.getByRole('textbox').fill('precious');
  assert(await button.isDisabled(), 'another word is enough');
  await dialog.getByRole('textbox').fill('Precious');
  await button.click();
  await dialog.waitFor({ state: 'detached' });
  const kinds = await until(async () => {
    const { data } = await server.call(
      'GET',
      `/api/sluice/v1/workspaces/${await server.workspace()}/jobs?connectionId=${id}&kinds=clear`,
    );
    return data.length > 0 ? data : undefined;
  }, 'a clear');
  assertEqual((await server.ended(kinds[0].jobId)).status, 'succeeded', 'the clear');
}

/** One stream is synced by itself, from its row. */
export async function oneStreamIsSyncedAlone({ page, server, base }) {
  const id = await server.connection('Two streams', {
    more: {
      configurations: {
        streams: [
          { name: 'users', syncMode: 'full_refresh_append' },
          { name: 'products', syncMode: 'full_refresh_append' },
        ],
      },
    },
  });
  await page.goto(`${base}/w/${await server.workspace()}/connections/${id}/status`);
  await page.getByRole('button', { name: 'What to do with products' }).click();
  await page.getByRole('menuitem', { name: 'Sync this stream' }).click();
  await page.locator('[data-stream="products"] [data-status="synced"]').waitFor();
  await page.locator('[data-stream="users"] [data-status="queued_for_next_sync"]').waitFor();
}

/** 21, the page's part: the project file says what is set up, and no secret. */
export async function theProjectFileHasNoSecrets({ page, server, base }) {
  const sourceId = await server.end('source', 'With a secret', {
    sourceType: 'postgres',
    host: '127.0.0.1',
    port: 1,
    database: 'd',
    username: 'u',
    password: 'canary-91c',
  });
  const id = await server.connection('As code');
  void sourceId;
  await page.goto(`${base}/w/${await server.workspace()}/connections/${id}/code`);
  const text = await page.locator('pre').textContent();
  assert(text.includes('connector: sample') && text.includes('mode: full_refresh_append'), text);
  assert(!(await page.content()).includes('canary-91c'), 'there is a secret in the page');
}

/** Settings are saved, and the timeline says what was changed. */
export async function settingsAreSavedAndTold({ page, server, base }) {
  const id = await server.connection('Old name');
  const at = `${base}/w/${await server.workspace()}/connections/${id}`;
  await page.goto(`${at}/settings`);
  await page.getByLabel('Connection name').fill('');
  await page.getByText('Enter a name.').waitFor();
  await page.getByLabel('Connection name').fill('New name');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await page.getByRole('heading', { level: 1, name: 'New name' }).waitFor();
  await page.getByRole('link', { name: 'Timeline' }).click();
  await page.getByText('Old name → New name').waitFor();
}
