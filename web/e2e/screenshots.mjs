// Writes pictures of the main pages into docs/images, of a server that has something to show: SLUICE_SERVER.
import { mkdirSync } from 'node:fs';
import { launch, Server } from './harness.mjs';

const base = process.env.SLUICE_SERVER ?? 'http://127.0.0.1:8000';
const folder = new URL('../../docs/images/', import.meta.url).pathname;
mkdirSync(folder, { recursive: true });
const server = new Server(base);
const ws = `/w/${await server.workspace()}`;
const { data } = await server.call(
  'GET',
  `/api/sluice/v1${ws.replace('/w/', '/workspaces/')}/connections?orderBy=last_run&limit=1`,
);
const [first] = data;
const pages = {
  home: `${ws}/home`,
  connections: `${ws}/connections`,
  ...(first === undefined
    ? {}
    : {
        'connection-status': `${ws}/connections/${first.connectionId}/status`,
        ...(first.lastJobId === undefined ? {} : { job: `${ws}/jobs/${first.lastJobId}` }),
      }),
};
const browser = await launch();
for (const colorScheme of ['light', 'dark']) {
  const page = await browser.newPage({
    colorScheme,
    viewport: { width: 1200, height: 760 },
    locale: 'en-US',
  });
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(base + path);
    await page.locator('h1').first().waitFor();
    await page.waitForFunction(() => document.querySelector('[role=status][aria-label=Loading]') === null);
    await page.screenshot({ path: `${folder}${name}-${colorScheme}.png` });
  }
  await page.close();
}
await browser.close();
