// Runs the scenarios and prints a line of JSON for each: {name, outcome: passed | failed | skipped, seconds, words}.
import { readdirSync } from 'node:fs';
import { assert, browserPath, launch, Server, Skip } from './harness.mjs';

// A soak for hours says so itself.
const LONGEST =
  60_000 +
  Number(process.env.SLUICE_SOAK_HOURS ?? 0) * 3_700_000 +
  Number(process.env.SLUICE_SOAK_ROUNDS ?? 0) * 1_000;
const AT_ONCE = 2;
const wanted = process.argv.slice(2);
const base = process.env.SLUICE_SERVER ?? 'http://127.0.0.1:8000';
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

if (browserPath() === undefined) {
  say({ name: 'browser', outcome: 'skipped', seconds: 0, words: 'there is no Chromium in PATH' });
  process.exit(0);
}

const scenarios = [];
for (const file of readdirSync(new URL('scenarios/', import.meta.url)).sort()) {
  const found = await import(new URL(`scenarios/${file}`, import.meta.url));
  scenarios.push(
    ...Object.entries(found).map(([name, play]) => ({
      name: `${file.replace('.mjs', '')}: ${words(name)}`,
      play,
    })),
  );
}

function words(name) {
  return name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
}

const browser = await launch();
let failed = 0;
const chosen = scenarios.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
// Those that take longest begin; those that measure have the machine for themselves.
const shared = chosen
  .filter(({ play }) => !play.alone)
  .sort((one, other) => (other.play.longest ?? 0) - (one.play.longest ?? 0));
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let next = shared.shift(); next !== undefined; next = shared.shift()) {
      await run(next);
    }
  }),
);
for (const each of chosen.filter(({ play }) => play.alone)) {
  await run(each);
}
await browser.close();
process.exit(failed > 0 ? 1 : 0);

/** Plays a scenario in a context of its own, and tells what became of it. */
async function run({ name, play }) {
  const begun = Date.now();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  const troubles = [];
  const outside = [];
  page.on('pageerror', (error) => troubles.push(`the page threw: ${error.message}`));
  page.on('console', (message) => {
    // What the server refuses is a line of the browser's own, and scenarios look at what the page makes of it.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      troubles.push(`the page complained: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    if (!/^(https?:\/\/(127\.0\.0\.1|localhost)[:/]|data:|blob:)/.test(request.url())) {
      outside.push(request.url());
    }
  });
  page.setDefaultTimeout(15_000);
  const about = { page, context, browser, base, server: new Server(base), sql, login: login() };
  let outcome = 'passed';
  let said;
  try {
    said = await Promise.race([
      play(about),
      new Promise((_, fail) =>
        setTimeout(() => fail(new Error('it takes too long')), play.longest ?? LONGEST).unref(),
      ),
    ]);
    assert(troubles.length === 0, troubles.join('\n'));
    assert(outside.length === 0, `something was fetched from outside: ${outside.join(', ')}`);
  } catch (failure) {
    outcome = failure instanceof Skip ? 'skipped' : 'failed';
    said =
      failure instanceof Skip
        ? failure.message
        : `${failure.stack}\n${troubles.join('\n')}\nat ${page.url()}`;
    failed += outcome === 'failed' ? 1 : 0;
    if (outcome === 'failed' && process.env.SLUICE_SHOTS) {
      await page
        .screenshot({ path: `${process.env.SLUICE_SHOTS}/${name.replaceAll(/\W+/g, '-')}.png` })
        .catch(() => undefined);
    }
  }
  await context.close();
  say({ name, outcome, seconds: (Date.now() - begun) / 1000, words: said });
}

/** Runs a statement in the database that the test has made, over the door that it opens for this. */
async function sql(statement) {
  const door = process.env.SLUICE_SQL;
  if (!door) {
    throw new Skip('there is no database for this');
  }
  const response = await fetch(door, { method: 'POST', body: statement });
  if (!response.ok) {
    throw new Error(`${statement}: ${await response.text()}`);
  }
}

/** A server that asks for a login, with its first account. */
function login() {
  const address = process.env.SLUICE_LOGIN_SERVER;
  return {
    need() {
      if (!address) {
        throw new Skip('there is no server with a login');
      }
      return {
        base: address,
        email: process.env.SLUICE_LOGIN_EMAIL,
        password: process.env.SLUICE_LOGIN_PASSWORD,
      };
    },
  };
}
