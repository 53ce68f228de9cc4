import { assert } from '../harness.mjs';

const ROUNDS = 3;
// What is asked for is 2 s on a quiet machine; here others work beside it.
const MOST = 4_000;

/**
 * How long it takes from an address to a page that answers, in a browser that has nothing of it: until what was asked for is
 * drawn, and no task longer than 50 ms follows within the half second after it.
 */
export async function thePageIsSoonReady({ browser, server, base }) {
  const id = await server.connection('Soon ready');
  await server.ended(await server.sync(id));
  const took = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      globalThis.longTasks = [];
      new globalThis.PerformanceObserver((list) =>
        globalThis.longTasks.push(...list.getEntries().map((task) => task.startTime + task.duration)),
      ).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(`${base}/w/${await server.workspace()}/connections/${id}/status`);
    await page.locator('[data-stream="users"] [data-count="loaded"]').waitFor();
    took.push(
      await page.evaluate(async () => {
        const drawn = performance.now();
        // Quiet is what half a second without a long task is.
        const end = () => Math.max(drawn, ...globalThis.longTasks);
        while (performance.now() - end() < 500) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        return end();
      }),
    );
    await context.close();
  }
  took.sort((a, b) => a - b);
  const words = `interactive after ${took.map((each) => each.toFixed(0)).join(', ')} ms`;
  assert(took[Math.floor(ROUNDS / 2)] <= MOST, words);
  return words;
}

thePageIsSoonReady.alone = true;
