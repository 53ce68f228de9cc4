import { assert, assertEqual, number, until } from '../harness.mjs';

const MANY = 10_000;
const computed = (targetField, value) => ({
  type: 'field-computing',
  mapperConfiguration: { targetField, value },
});

/** 20: ten thousand records are rejected for three reasons, mended in the mappings, tried dry and then truly, and each arrives once. */
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

  const jobs = (query) =>
    server
      .workspace()
      .then((ws) => server.call('GET', `/api/sluice/v1/workspaces/${ws}/jobs?connectionId=${id}&${query}`))
      .then(({ data }) => data);
  await page.goto(`${base}/w/${await server.workspace()}/jobs?connection=${id}`);
  await page.locator('[data-status="all_rejected"]').first().waitFor();

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

  // One of three mappings is mended: a dry run says for how many that is enough, and that a sync goes first.
  const unmap = async (left) => {
    await page.getByRole('link', { name: 'Mappings' }).click();
    const mapped = page.locator('[data-stream="users"]');
    for (let each = left + 1; each > left; each--) {
      await mapped.getByRole('button', { name: 'Remove' }).first().click();
      await until(
        async () => (await mapped.getByRole('listitem').count()) === left,
        'a mapping to be removed',
      );
    }
    await page.getByRole('link', { name: /^Rejected/ }).click();
  };
  const third = (rest) =>
    Array.from({ length: MANY }, (_, at) => (at + 1) % 3).filter((one) => one === rest).length;
  const dry = page.locator('[data-dry-run]');
  await unmap(2);
  await page.getByRole('button', { name: 'Dry run of all' }).click();
  await dry.waitFor();
  assertEqual(await dry.getAttribute('data-dry-run'), `${third(0)}/${MANY}`, 'what would arrive');
  assertEqual(await dry.locator('tbody tr').count(), 2, 'what is still in the way');
  await dry.locator('[data-obstacle="E_REPLAY_NOT_READY"]').waitFor();
  await unmap(1);
  await unmap(0);
  assertEqual((await jobs('kinds=replay')).length, 0, 'jobs of dry runs');

  // A stream whose settings were changed has to be synced before anything is added: that is said where somebody tries.
  const again = page.getByRole('button', { name: 'Try all again' });
  await again.click();
  await page.locator('[data-replay="failed"]').waitFor({ timeout: 30_000 });
  await page.getByText('E_REPLAY_NOT_READY').waitFor();
  await server.ended(await server.sync(id));

  // One reason at a time, then the rest: what was rejected is what arrives, and each arrives once.
  const shares = reasons.filter({ hasText: 'share' });
  await shares.getByRole('button', { name: 'Dry run' }).click();
  await until(
    async () => (await dry.getAttribute('data-dry-run')) === `${third(0)}/${third(0)}`,
    'the dry run of one reason',
  );
  assertEqual(await dry.locator('[data-obstacle]').count(), 0, 'what is in the way now');
  await shares.getByRole('button', { name: 'Try again' }).click();
  await until(async () => (await reasons.count()) === 2, 'one reason to be gone');
  const first = await server.ended((await jobs('kinds=replay'))[0].jobId);
  assertEqual(first.records, third(0), 'what arrived of one reason');
  await again.click();
  await page.getByText('No rejected records').waitFor({ timeout: 30_000 });
  const second = await server.ended((await jobs('kinds=replay'))[0].jobId);
  assertEqual(second.records, MANY - third(0), 'what arrived in the end');
  assertEqual(second.rejected, 0, 'what was rejected again');
  await page.getByRole('link', { name: 'Status' }).click();
  await page
    .getByText(/^Healthy/)
    .first()
    .waitFor();
}

// Ten thousand records go through four jobs and as many trials.
rejectedRecordsAreMendedAndArrive.longest = 120_000;
