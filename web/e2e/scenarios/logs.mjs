import { assert, assertEqual } from '../harness.mjs';

const LINES = 1_000_000;

/** 17: a million lines, of which only some are fetched; errors, a line by its address, a file. */
export async function aMillionLinesCanBeRead({ page, server, base }) {
  const id = await server.connection('Talkative');
  const jobId = await server.sync(id);
  await server.ended(jobId);
  const line = (number) => ({
    number,
    at: '2026-01-01T00:00:00.000Z',
    level: number % 100_000 === 7 ? 'ERROR' : 'INFO',
    source: 'source',
    message: `line ${number}`,
  });
  let asked = 0;
  await page.route(`**/jobs/${jobId}/logs?*`, (route) => {
    asked++;
    const search = new URL(route.request().url()).searchParams;
    const from = Number(search.get('from'));
    const limit = Number(search.get('limit'));
    const start = from < 0 ? LINES + from : from;
    if (search.get('level') === 'ERROR') {
      const errors = Array.from({ length: 10 }, (_, each) => line(each * 100_000 + 7)).filter(
        (each) => each.number >= start,
      );
      return route.fulfill({ json: { jobId, attempt: 0, count: LINES, lines: errors.slice(0, limit) } });
    }
    const lines = Array.from({ length: Math.min(limit, LINES - start) }, (_, each) => line(start + each));
    return route.fulfill({ json: { jobId, attempt: 0, count: LINES, lines } });
  });
  const at = `${base}/w/${await server.workspace()}/jobs/${jobId}`;
  await page.goto(at);
  await page.getByText(`line ${LINES - 1}`, { exact: true }).waitFor();
  await page.getByText('1,000,000 lines').waitFor();
  assert(asked < 10, `${asked} requests for the end of a log`);

  await page.getByRole('button', { name: 'Go to the first error' }).click();
  await page.locator('[data-line="7"][data-marked]').waitFor();

  await page.goto(`${at}?line=654321`);
  await page.locator('[data-line="654321"][data-marked]').waitFor();
  const drawn = await page.locator('[data-line]').count();
  assert(drawn < 300, `${drawn} lines are drawn`);

  await page.getByText('Errors', { exact: true }).click();
  await page.getByText('10 lines match').waitFor();
  assertEqual(await page.locator('[data-level="INFO"]').count(), 0, 'lines that are no errors');
}

/** What is downloaded is what the server gives for the same filter. */
export async function aFilteredLogIsAFile({ page, server, base }) {
  const id = await server.connection('To a file');
  const jobId = await server.sync(id);
  await server.ended(jobId);
  await page.goto(`${base}/w/${await server.workspace()}/jobs/${jobId}`);
  await page.getByRole('searchbox', { name: 'Search in the log' }).fill('complete');
  await page.getByText('1 line matches').waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download what is shown' }).click();
  const file = await (await coming).createReadStream();
  let text = '';
  for await (const part of file) {
    text += part;
  }
  const wanted = await (
    await fetch(`${base}/api/sluice/v1/jobs/${jobId}/logs/download?attempt=0&text=complete`)
  ).text();
  assertEqual(text, wanted, 'the file');
  assert(wanted.trim().split('\n').length === 1, wanted);
}
