// What scenarios share: a browser, calls of the server's API, and waiting for what is expected.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of this machine; undefined if there is none. */
export function browserPath() {
  const told = process.env.SLUICE_BROWSER;
  if (told) {
    return told;
  }
  const folders = (process.env.PATH ?? '').split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
}

export function launch() {
  // Root may not use the sandbox, and what is opened here is our own.
  return chromium.launch({
    executablePath: browserPath(),
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

export class Skip extends Error {}

/** Calls of a server, to set up what a scenario needs. */
export class Server {
  constructor(base, token) {
    this.base = base;
    this.token = token;
    this.made = 0;
  }

  async call(method, path, body) {
    const response = await fetch(this.base + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path}: ${response.status} ${text}`);
    }
    return text === '' ? null : JSON.parse(text);
  }

  async workspace() {
    this.ws ??= (await this.call('GET', '/api/public/v1/workspaces')).data[0].workspaceId;
    return this.ws;
  }

  async end(kind, name, configuration) {
    const made = await this.call('POST', `/api/public/v1/${kind}s`, {
      name,
      workspaceId: await this.workspace(),
      configuration,
    });
    return made[`${kind}Id`];
  }

  /** A connection of made-up records; `slow` is how many go through in a second. */
  async connection(name, { count = 100, slow, more = {} } = {}) {
    this.made++;
    const sourceId = await this.end('source', `${name} source`, { sourceType: 'sample', count });
    const destinationId = await this.end('destination', `${name} destination`, {
      destinationType: 'discard',
      ...(slow === undefined ? {} : { rows_per_second: slow }),
    });
    const { connectionId } = await this.call('POST', '/api/public/v1/connections', {
      name,
      sourceId,
      destinationId,
      configurations: { streams: [{ name: 'users', syncMode: 'full_refresh_append' }] },
      ...more,
    });
    return connectionId;
  }

  async sync(connectionId) {
    return (await this.call('POST', '/api/public/v1/jobs', { connectionId, jobType: 'sync' })).jobId;
  }

  job(jobId) {
    return this.call('GET', `/api/sluice/v1/jobs/${jobId}`);
  }

  /** The job once it has ended. */
  async ended(jobId) {
    return until(async () => {
      const job = await this.job(jobId);
      return ['succeeded', 'failed', 'cancelled'].includes(job.status) ? job : undefined;
    }, `the end of job ${jobId}`);
  }
}

/** Asks until there is an answer. Each question waits for something, so this asks no faster than that. */
export async function until(ask, what, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false && answer !== null) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`waited ${seconds} s for ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export function assert(holds, words) {
  if (!holds) {
    throw new Error(words);
  }
}

export function assertEqual(found, wanted, words) {
  assert(found === wanted, `${words}: ${JSON.stringify(found)} and not ${JSON.stringify(wanted)}`);
}

/** The number in a text such as "1,234". */
export function number(text) {
  return Number((text ?? '').replaceAll(/[^\d]/g, '') || 'NaN');
}
