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
  await page.getByRole('button', { name: 'Cancel the job' }).click();
  await server.ended(jobId);
}

/** 24: in a language of longer words, no id is shown in the place of words. */
export async function noIdIsShownForWords({ page, context, server, base }) {
  await context.addInitScript(() => localStorage.setItem('sluice.locale', 'pseudo'));
  for (const path of await pages(server)) {
    await page.goto(base + path);
    await page.locator('h1, h2').first().waitFor();
    const raw = await page.evaluate(() =>
      [...document.querySelectorAll('h1, h2, button, label, th, a')]
        .map((each) => each.textContent.trim())
        .filter((text) => /^[a-z]+(\.[a-zA-Z]+)+$/.test(text)),
    );
    assert(raw.length === 0, `${path} shows ${raw.join(', ')}`);
  }
}

/** 23: the way to a sync without a pointer. */
export async function theKeyboardReachesASync({ page, server, base }) {
  const id = await server.connection('By keyboard');
  await page.goto(`${base}/w/${await server.workspace()}/connections?q=By+keyboard`);
  const link = page.getByRole('link', { name: 'By keyboard' });
  await link.waitFor();
  const reach = async (isThere, what) => {
    for (let step = 0; step < 60; step++) {
      await page.keyboard.press('Tab');
      if (await isThere()) {
        return;
      }
    }
    throw new Error(`the keyboard does not reach ${what}`);
  };
  const isFocused = (locator) => () => locator.evaluate((each) => each === document.activeElement);
  await reach(isFocused(link), 'the connection');
  await page.keyboard.press('Enter');
  const sync = page.getByRole('button', { name: 'Start the first sync' });
  await sync.waitFor();
  await reach(isFocused(sync), 'the button');
  await page.keyboard.press('Enter');
  await page.getByText('Healthy. 1 stream').waitFor();
  void id;
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
