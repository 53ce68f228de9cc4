import { assert, assertEqual, until } from '../harness.mjs';

// Half past two at the end of March: on one of these days clocks in Berlin never show that, and after it an hour is lost.
const CRON = '0 30 2 25-31 3 ?';
const ZONE = 'Europe/Berlin';

/** 9: the next runs are those of the scheduler, over the change of clocks too; a part that is wrong is named. */
export async function theNextRunsAreThoseOfTheScheduler({ page, server, base }) {
  const id = await server.connection('By the clock');
  const ws = await server.workspace();
  await page.goto(`${base}/w/${ws}/connections/${id}/settings`);
  const choose = page.getByRole('button', { name: 'Choose another' });
  const kind = page.getByRole('radiogroup', { name: 'Schedule type' });
  await choose.or(kind).first().waitFor();
  if (await choose.isVisible()) {
    await choose.click();
  }
  await kind.getByText('Cron', { exact: true }).click();
  const cron = page.getByRole('textbox', { name: 'Cron expression' });
  await cron.fill('0 30 25 * * ?');
  await page.getByText(/hour/i).filter({ hasText: '25' }).first().waitFor();
  await cron.fill(CRON);
  const zone = page.getByRole('combobox', { name: 'Time zone' });
  await zone.click();
  await zone.fill(ZONE);
  await page.getByRole('option', { name: ZONE, exact: true }).click();
  const wanted = await server.call(
    'GET',
    `/api/sluice/v1/workspaces/${ws}/schedule_times?count=5&zone=${ZONE}&cron=${encodeURIComponent(CRON)}`,
  );
  assertEqual(wanted.times.length, 5, 'the times that the server names');
  const words = await page.evaluate(
    ([times, timeZone]) =>
      times.map((time) =>
        new Intl.DateTimeFormat('en-US', { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(
          new Date(time),
        ),
      ),
    [wanted.times, ZONE],
  );
  const rows = page.getByRole('status').filter({ hasText: 'Next runs' }).getByRole('listitem');
  await until(async () => (await rows.count()) === 5, 'five next runs');
  const plain = (text) => text.replaceAll(/\s+/g, ' ');
  const shown = (await rows.allTextContents()).map(plain);
  words.map(plain).forEach((word, at) => assert(shown[at].startsWith(word), `${shown[at]} and not ${word}`));
  await page.getByRole('button', { name: 'Save changes' }).click();
  const { nextRunAt } = await until(async () => {
    const status = await server.call('GET', `/api/sluice/v1/connections/${id}/status`);
    return status.nextRunAt === undefined ? undefined : status;
  }, 'the scheduler to take it');
  assertEqual(Date.parse(nextRunAt), Date.parse(wanted.times[0]), 'when the scheduler runs it');
  // The same in the words of cron, which has five parts.
  await cron.fill('15 6 * * 1-5');
  await until(
    async () => (await rows.allTextContents()).every((text) => /6:15/.test(text)),
    'the next weekdays',
  );
}
