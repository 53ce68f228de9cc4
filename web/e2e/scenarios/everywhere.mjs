import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { assert, Server } from '../harness.mjs';
import { pages } from '../pages.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function isLoaded(page) {
  await page.locator('h1, h2').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[role=status][aria-label=Loading]') === null);
}

/** 23: axe finds nothing serious on any page, in light and in dark: there only the colours are others. */
export async function axeInBothThemes({ browser, server, base }) {
  const context = await browser.newContext({
    colorScheme: 'light',
    bypassCSP: true,
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  const found = [];
  const look = async (path, theme, runOnly) => {
    const { violations } = await page.evaluate(
      (wanted) => globalThis.axe.run(document, { resultTypes: ['violations'], runOnly: wanted }),
      runOnly,
    );
    for (const violation of violations.filter((each) => ['serious', 'critical'].includes(each.impact))) {
      found.push(
        `${path} in ${theme}: ${violation.id}, ${violation.help}: ${violation.nodes
          .map((node) => node.html.slice(0, 160))
          .slice(0, 3)
          .join(' | ')}`,
      );
    }
  };
  try {
    for (const path of await pages(server)) {
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      await page.goto(base + path);
      await isLoaded(page);
      await page.evaluate(AXE);
      await look(path, 'light', ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
      await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
      await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
      // Colours that fade into others are there once they have.
      await page.evaluate(async () => {
        await new Promise((done) =>
          globalThis.requestAnimationFrame(() => globalThis.requestAnimationFrame(done)),
        );
        await Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined)));
      });
      await look(path, 'dark', ['color-contrast']);
    }
  } finally {
    await context.close();
  }
  assert(found.length === 0, found.join('\n'));
}

// It looks at all pages twice.
axeInBothThemes.longest = 240_000;

/** 24: on a narrow screen nothing has to be scrolled sideways but tables, and one can cancel and read the log. */
export async function aNarrowScreenIsEnough({ page, server, base }) {
  await page.setViewportSize({ width: 320, height: 640 });
  const id = await server.connection('On a phone', { count: 2_000_000, slow: 50_000 });
  const jobId = await server.sync(id);
  const ws = `/w/${await server.workspace()}`;
  for (const path of [
    `${ws}/home`,
    `${ws}/connections`,
    `${ws}/jobs`,
    `${ws}/jobs/${jobId}`,
    `${ws}/connections/${id}/status`,
  ]) {
    await page.goto(base + path);
    await isLoaded(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(wide <= 320, `${path} is ${wide} wide`);
  }
  const cancel = page.getByRole('button', { name: 'Cancel the job' });
  const box = await cancel.boundingBox();
  assert(box.x >= 0 && box.x + box.width <= 320, 'the button is not in sight');
  await cancel.click();
  await server.ended(jobId);
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
  // The log can be read, looked through and followed from here.
  await page.goto(`${base}${ws}/jobs/${jobId}`);
  const log = page.getByRole('log');
  await log.getByText('platform').first().waitFor();
  await page.getByRole('searchbox', { name: 'Search in the log' }).fill('cancel');
  const line = log.getByText(/cancel/i).first();
  await line.waitFor();
  const shown = await log.boundingBox();
  assert(shown.x >= 0 && shown.x + shown.width <= 320 && shown.height >= 60, 'the log has no room');
}

/** 24: in a language of longer words, no id is shown in the place of words, and no word is cut off. */
export async function longerWordsHaveRoom({ page, context, server, base }) {
  await context.addInitScript(() => localStorage.setItem('sluice.locale', 'pseudo'));
  const found = [];
  for (const path of await pages(server)) {
    await page.goto(base + path);
    await isLoaded(page);
    const [raw, cut] = await page.evaluate(() => {
      const words = [...document.querySelectorAll('h1, h2, button, label, th, a')]
        .map((each) => each.textContent.trim())
        .filter((text) => /^[a-z]+(\.[a-zA-Z]+)+$/.test(text));
      // What belongs to the page itself; data may be cut where its whole is a hover away.
      const isOurs = (each) =>
        [...each.childNodes].some((node) => node.nodeType === 3 && /[^\x20-\x7e\s]/.test(node.textContent)) &&
        each.closest('[title], [role=treegrid], pre, select, .sl-visually-hidden') === null;
      const isCut = (each) => {
        const box = each.closest('button, a, label, th, h1, h2, h3, p, legend') ?? each;
        return [each, box].some(
          (one) =>
            globalThis.getComputedStyle(one).overflowX !== 'visible' &&
            one.clientWidth > 0 &&
            one.scrollWidth > one.clientWidth + 1,
        );
      };
      return [
        words,
        [...document.querySelectorAll('body *')]
          .filter(isOurs)
          .filter(isCut)
          .map((each) => each.textContent),
      ];
    });
    found.push(...raw.map((each) => `${path} shows ${each}`), ...cut.map((each) => `${path} cuts ${each}`));
  }
  assert(found.length === 0, found.slice(0, 20).join('\n'));
}

/** 23: from the navigation to the first rows, with both ends there already, without a pointer. */
export async function theKeyboardSetsUpAConnection({ page, server, base }) {
  const name = `Keys ${Date.now()}`;
  await server.end('source', `${name} source`, { sourceType: 'sample', count: 40 });
  await server.end('destination', `${name} destination`, {
    destinationType: 'sqlite',
    path: `${name.replace(' ', '-')}.sqlite`,
  });
  await page.goto(base);
  /** Goes on by the tabulator until something has the focus. */
  const reach = async (what, words) => {
    await what.waitFor();
    for (let step = 0; step < 90; step++) {
      if (await what.evaluate((each) => each === document.activeElement)) {
        return;
      }
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${words}`);
  };
  const press = async (what, words) => {
    await reach(what, words);
    await page.keyboard.press('Enter');
  };
  await press(page.getByRole('link', { name: 'Connections', exact: true }), 'the connections');
  await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
  await press(page.getByRole('link', { name: 'New connection' }).first(), 'a new connection');
  const begin = page.getByRole('button', { name: 'Begin anew' });
  const look = page.getByRole('textbox', { name: 'Search by name', exact: true });
  await begin.or(look).first().waitFor();
  if (await begin.isVisible()) {
    await press(begin, 'to begin anew');
  }
  for (const side of ['source', 'destination']) {
    const entry = page.getByRole('button', { name: `${name} ${side}` });
    await entry.waitFor();
    await reach(look, `the search for a ${side}`);
    await page.keyboard.type(name);
    await press(entry, `the ${side}`);
  }
  await page.getByRole('combobox', { name: 'Sync mode of users' }).waitFor();
  assert(await page.getByRole('radio', { name: /^Replicate source/ }).isChecked(), 'another way is chosen');
  await page.getByText('3 of 3 streams').waitFor();
  await press(page.getByRole('button', { name: 'Next', exact: true }), 'the next step');
  for (const item of [
    page.getByRole('textbox', { name: /^Connection name/ }),
    page.getByText('Tags', { exact: true }),
    page.getByRole('radiogroup', { name: 'Schedule type' }),
    page.getByText('Destination namespace', { exact: true }),
    page.getByText('Stream prefix', { exact: true }),
    page.getByText('Advanced settings'),
  ]) {
    await item.first().waitFor();
  }
  await press(page.getByRole('button', { name: 'Set up connection' }), 'the last button');
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}\/status/);
  await page.getByText('Healthy. 3 streams').waitFor({ timeout: 40_000 });
  assert(
    (await page.locator('[data-stream="users"] [data-count="loaded"]').textContent()) === '40',
    'the rows did not arrive',
  );
}

/** 27: who may only look finds every control switched off, and the server refuses too. */
export async function whoMayOnlyLookChangesNothing({ page, login }) {
  const { base, email, password } = login.need();
  const admin = new Server(base);
  admin.token = (await admin.call('POST', '/api/sluice/v1/login', { email, password })).token;
  const ws = await admin.workspace();
  const id = await admin.connection('Look at me');
  const { data } = await admin.call('GET', '/api/public/v1/organizations');
  const reader = { email: `reader-${id}@example.org`, password: 'only looking, nothing else' };
  const account = await admin.call('POST', '/api/sluice/v1/accounts', {
    ...reader,
    organizationId: data[0].organizationId,
  });
  await admin.call('POST', '/api/public/v1/permissions', {
    userId: account.userId,
    permissionType: 'workspace_reader',
    workspaceId: ws,
  });
  await page.goto(`${base}/w/${ws}/connections/${id}/status`);
  await page.waitForURL(/\/login/);
  await page.getByLabel('E-mail address').fill(reader.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(reader.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Look at me' }).waitFor();
  const sync = page.getByRole('button', { name: 'Start the first sync' });
  await sync.waitFor();
  assert(await sync.isDisabled(), 'a reader can start a sync');
  await page
    .getByLabel(/does not allow to start runs/)
    .first()
    .waitFor();
  await page.goto(`${base}/w/${ws}/connections/${id}/settings`);
  assert(await page.getByRole('button', { name: 'Save changes' }).isDisabled(), 'a reader can save');
  assert(
    await page.getByRole('button', { name: 'Delete the connection' }).isDisabled(),
    'a reader can delete',
  );
  const token = (await admin.call('POST', '/api/sluice/v1/login', reader)).token;
  const refused = await fetch(`${base}/api/sluice/v1/connections/${id}/runs`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"kind":"sync"}',
  });
  assert(refused.status === 403, `the server answers ${refused.status}`);
}

/** A wrong password does not tell what was wrong with it. */
export async function aWrongPasswordTellsNothing({ page, login }) {
  const { base, email } = login.need();
  await page.goto(`${base}/login`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill('not the right one at all');
  await page.getByRole('button', { name: 'Log in' }).click();
  const words = await page.getByRole('alert').first().textContent();
  assert(!/password is wrong|no such account|unknown/i.test(words), words);
}
