import { assert, assertEqual, number, until } from '../harness.mjs';

const MANY = 10_000;
const computed = (targetField, value) => ({
  type: 'field-computing',
  mapperConfiguration: { targetField, value },
});

/** 20: ten thousand records are rejected for three reasons, mended in the mappings, tried again, and each arrives once. */
export async function rejectedRecordsAreMendedAndArrive({ page, server, base }) {
  const id = await server.connection('Refused', {
    count: MANY,
    more: {
      configurations: {
        streams: [
          {
            name: 'users',
            syncMode: 'incremental_append',
            mappers: [
              computed('share', '100 / (id % 3)'),
              computed('age', 'if(id % 3 = 1, cast(name as integer), 1)'),
              computed('born', 'if(id % 3 = 2, cast(name as date), null)'),
            ],
          },
        ],
      },
    },
  });
  await server.ended(await server.sync(id));
  const at = `${base}/w/${await server.workspace()}/connections/${id}`;
  await page.goto(`${at}/status`);
  const row = page.locator('[data-stream="users"]');
  await row.locator('[data-status="synced_with_rejects"]').waitFor();
  assertEqual(number(await row.locator('[data-count="loaded"]').textContent()), 0, 'what was loaded');
  assertEqual(number(await row.locator('[data-count="rejected"]').textContent()), MANY, 'what was rejected');
  assert((await page.getByText(/^Healthy/).count()) === 0, 'nothing arrived, and all is said to be well');

  await page.goto(`${at}/rejected`);
  const reasons = page.getByRole('region', { name: 'Reasons' }).locator('tbody tr');
  await reasons.first().waitFor();
  assertEqual(await reasons.count(), 3, 'the reasons');
  const counts = await reasons.locator('.sl-number').allTextContents();
  assertEqual(
    counts.reduce((sum, text) => sum + number(text), 0),
    MANY,
    'the records of all reasons',
  );
  await page.getByRole('link', { name: 'Mappings' }).click();
  const mapped = page.locator('[data-stream="users"]');
  for (let left = 3; left > 0; left--) {
    await mapped.getByRole('button', { name: 'Remove' }).first().click();
    await until(
      async () => (await mapped.getByRole('listitem').count()) === left - 1,
      'a mapping to be removed',
    );
  }
  await page.getByRole('link', { name: /^Rejected/ }).click();
  // A stream whose settings were changed has to be synced before anything is added: that is said where somebody tries.
  const again = page.getByRole('button', { name: 'Try all again' });
  await again.click();
  await page.locator('[data-replay="failed"]').waitFor({ timeout: 30_000 });
  await page.getByText('E_REPLAY_NOT_READY').waitFor();
  await server.ended(await server.sync(id));
  await again.click();
  await page.getByText('No rejected records').waitFor({ timeout: 30_000 });
  const { data } = await server.call(
    'GET',
    `/api/sluice/v1/workspaces/${await server.workspace()}/jobs?connectionId=${id}&kinds=replay`,
  );
  assertEqual(data[0].records, MANY, 'what arrived in the end');
  assertEqual(data[0].rejected, 0, 'what was rejected again');
}
