import { assert, assertEqual, until } from '../harness.mjs';

const HOURS = Number(process.env.SLUICE_SOAK_HOURS ?? 0);
const AT_LEAST = Number(process.env.SLUICE_SOAK_ROUNDS ?? 0);
const EVENTS = 50;
const WARM = 25;
const ROUNDS = 60;
const PAUSE = HOURS > 0 ? 1_000 : 150;
const MOST_GROWTH = 0.1;
const SLACK = 2 * 1024 * 1024;

/**
 * 28: a page left open on a busy server does not grow, and misses no event. Here three thousand events and sixty rounds of asking
 * anew; for hours where SLUICE_SOAK_HOURS says how many, and for as many rounds as SLUICE_SOAK_ROUNDS says: eight hours of
 * a round a second are 28800.
 */
export async function aPageLeftOpenDoesNotGrow({ page, context, server, base }) {
  const id = await server.connection('Left open');
  await server.ended(await server.sync(id));
  let sent = 0;
  let open = [];
  const event = (job) =>
    `id: ${++sent}\nevent: job\ndata: ${JSON.stringify({ jobType: 'sync', connectionId: id, ...job })}\n\n`;
  // Each round begins and ends jobs, and leaves some running that the next one ends.
  const round = () => {
    const ended = open.map((jobId) => event({ jobId, status: 'succeeded', records: sent }));
    open = Array.from({ length: 3 }, (_, each) => 1_000_000 + sent + each);
    const begun = open.map((jobId) => event({ jobId, status: 'running', records: 0 }));
    const moving = Array.from({ length: EVENTS }, (_, each) =>
      event({ jobId: open[each % 3], status: 'running', records: each }),
    );
    return [...ended, ...begun, ...moving].join('');
  };
  let rounds = 0;
  let wanted = WARM;
  await page.route('**/live', async (route) => {
    await until(() => rounds < wanted, 'more to be wanted', 3_600);
    rounds++;
    const body = round();
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    await route.fulfill({ body, contentType: 'text/event-stream' }).catch(() => undefined);
  });
  await page.goto(`${base}/w/${await server.workspace()}/connections/${id}/status`);
  await page.getByText('Healthy. 1 stream').waitFor();
  const inspector = await context.newCDPSession(page);
  await inspector.send('HeapProfiler.enable');
  // The least of several looks: what is still on its way when somebody looks is no growth.
  const heap = async () => {
    const sizes = [];
    for (let look = 0; look < 5; look++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await inspector.send('HeapProfiler.collectGarbage');
      sizes.push((await inspector.send('Runtime.getHeapUsage')).usedSize);
    }
    return Math.min(...sizes);
  };
  const run = async (upTo) => {
    wanted = upTo;
    await until(() => rounds >= wanted, 'all rounds', 50);
    await page.getByText('3 jobs run').waitFor();
  };
  await run(WARM);
  const before = await heap();
  const end = Date.now() + HOURS * 3_600_000;
  do {
    await run(wanted + ROUNDS - WARM);
  } while (Date.now() < end || rounds < AT_LEAST);
  const after = await heap();
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
  const words = `${sent} events: the heap went from ${before} to ${after} bytes, with ${nodes} elements`;
  assert(after <= before * (1 + MOST_GROWTH) + SLACK, words);
  assert(nodes < 3_000, words);
  assertEqual(open.length, 3, 'jobs that run');
}

aPageLeftOpenDoesNotGrow.alone = true;
