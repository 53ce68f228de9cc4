import { createServer, request as ask } from 'node:http';
import { assertEqual, until } from '../harness.mjs';

/** A door between the browser and the server: the line of live events through it can be cut, and everything else goes on. */
async function openDoor(base) {
  const to = new URL(base);
  const seen = { ids: [], asked: [], ended: [] };
  const lines = new Set();
  let isCut = false;
  const door = createServer((request, response) => {
    const isLive = request.url.endsWith('/live');
    if (isLive) {
      seen.asked.push({ last: request.headers['last-event-id'], wasCut: isCut });
      if (isCut) {
        request.socket.destroy();
        return;
      }
    }
    const headers = { ...request.headers, host: to.host };
    if (headers.origin !== undefined) {
      headers.origin = to.origin;
    }
    const onward = ask(
      { host: to.hostname, port: to.port, path: request.url, method: request.method, headers },
      (answer) => {
        response.writeHead(answer.statusCode, answer.headers);
        if (isLive) {
          lines.add(request.socket);
          answer.on('data', (part) => {
            for (const [, id] of String(part).matchAll(/^id: ?(\d+)$/gm)) {
              seen.ids.push(Number(id));
            }
            for (const [, data] of String(part).matchAll(/^data: ?(\{.*"status":"succeeded".*\})$/gm)) {
              seen.ended.push(JSON.parse(data).jobId);
            }
          });
        }
        answer.on('error', () => response.destroy());
        answer.pipe(response);
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  await new Promise((resolve) => door.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${door.address().port}`,
    seen,
    cut() {
      isCut = true;
      lines.forEach((line) => line.destroy());
      lines.clear();
    },
    mend() {
      isCut = false;
    },
    close() {
      door.close();
      door.closeAllConnections();
    },
  };
}

const HALF_A_MINUTE = 30_000;

/**
 * 14: a page whose line of events breaks for half a minute during a run asks by itself and says of when it is; then it goes on
 * after the last event that it got, and misses none. Its clock is put forward, so that nobody waits.
 */
export async function aBrokenLineOfEventsGoesOnWithoutAGap({ page, server, base }) {
  const door = await openDoor(base);
  try {
    const id = await server.connection('Broken line', { count: 30_000, slow: 8_000 });
    await page.clock.install();
    await page.goto(`${door.address}/w/${await server.workspace()}/connections/${id}/timeline`);
    await until(() => door.seen.asked.length > 0, 'the page to listen');
    const jobId = await server.sync(id);
    await page
      .getByText(/^\d+ jobs? runs?$/)
      .first()
      .waitFor();
    await until(() => door.seen.ids.length > 0, 'the first events');
    door.cut();
    const before = door.seen.ids.length;
    const last = door.seen.ids.at(-1);
    assertEqual((await server.ended(jobId)).status, 'succeeded', 'the job that ran meanwhile');
    // Timers that are due fire once for each time that the clock is put forward.
    for (let passed = 0; passed < HALF_A_MINUTE; passed += 5_000) {
      await page.clock.fastForward(5_000);
    }
    await page.getByRole('status').filter({ hasText: 'Last updated' }).waitFor();
    await page.locator('[data-event="SYNC_SUCCEEDED"]').first().waitFor();
    assertEqual(door.seen.ids.length, before, 'events over a line that was cut');
    door.mend();
    await page.clock.fastForward(HALF_A_MINUTE);
    await until(() => door.seen.ids.length > before, 'events after the line was mended');
    await page
      .getByRole('status')
      .filter({ hasText: /^Live$/ })
      .waitFor();
    const again = door.seen.asked.find((each) => !each.wasCut && each.last !== undefined);
    assertEqual(Number(again.last), last, 'the event after which it goes on');
    await until(
      () => door.seen.ended.includes(jobId),
      'the end of the job, which was told while nobody could hear it',
    );
  } finally {
    door.close();
  }
}
