import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, assertEqual, Skip, until } from '../harness.mjs';

const STALE = 5;

/** Runs the product's program: what it answered, as JSON, and the code that it ended with. */
function sluice(...words) {
  const program = process.env.SLUICE_PROGRAM;
  if (!program) {
    throw new Skip('there is no program to apply a file with');
  }
  return new Promise((resolve) => {
    execFile(program, [...words, '-o', 'json'], (failure, out, err) =>
      resolve({ code: failure?.code ?? 0, answer: out === '' ? undefined : JSON.parse(out), err }),
    );
  });
}

/** 21: a connection is exported, deleted, and is there again as it was, with its state if that is asked for. */
export async function whatIsExportedAndDeletedComesBack({ page, server, base }) {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-code-'));
  try {
    const name = `As a file ${Date.now()}`;
    const sourceId = await server.end('source', `${name} source`, { sourceType: 'sample', count: 30 });
    const destinationId = await server.end('destination', `${name} lake`, {
      destinationType: 'sqlite',
      path: join(folder, 'lake.sqlite'),
    });
    const { connectionId } = await server.call('POST', '/api/public/v1/connections', {
      name,
      sourceId,
      destinationId,
      schedule: { scheduleType: 'cron', cronExpression: '0 0 6 * * ?' },
      configurations: {
        streams: [{ name: 'users', syncMode: 'incremental_append', cursorField: ['updated_at'] }],
      },
    });
    assertEqual(
      (await server.ended(await server.sync(connectionId))).records,
      30,
      'records of the first sync',
    );

    const at = `${base}/w/${await server.workspace()}/connections/${connectionId}`;
    await page.goto(`${at}/code`);
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const file = join(folder, 'sluice.yaml');
    await (await coming).saveAs(file);
    assert(readFileSync(file, 'utf8').includes('0 0 6 * * ?'), readFileSync(file, 'utf8'));
    const told = ['--server', server.base, '--revive'];
    const before = await sluice('diff', file, ...told);
    assertEqual(before.answer?.result?.changes.length, 0, `changes right after the export (${before.err})`);

    const remove = async () => {
      await page.goto(`${at}/settings`);
      await page.getByRole('button', { name: 'Delete the connection' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').fill(name);
      await dialog.getByRole('button', { name: /^Delete/ }).click();
      await page.waitForURL(/\/connections(\?|$)/);
    };
    await remove();
    const stale = await sluice('apply', file, ...told, '--plan', before.answer.result.fingerprint);
    assertEqual(stale.code, STALE, `the code of a plan that is another one by now (${stale.err})`);
    const planned = await sluice('diff', file, ...told);
    const applied = await sluice('apply', file, ...told, '--plan', planned.answer.result.fingerprint);
    assertEqual(applied.code, 0, `the code of the plan that was looked at (${applied.err})`);

    await page.goto(`${at}/settings`);
    await page.locator('[data-state="users"] code').waitFor();
    const { schedule } = await server.call('GET', `/api/public/v1/connections/${connectionId}`);
    assert(schedule.cronExpression.includes('0 0 6'), JSON.stringify(schedule));
    assertEqual(
      (await server.ended(await server.sync(connectionId))).records,
      0,
      'records after it came back',
    );

    await remove();
    const anew = await sluice('apply', file, '--server', server.base, '--yes');
    assertEqual(anew.code, 0, `the code of a new one (${anew.err})`);
    const id = await until(async () => {
      const { data } = await server.call(
        'GET',
        `/api/sluice/v1/workspaces/${await server.workspace()}/connections?text=${encodeURIComponent(name)}`,
      );
      return data[0]?.connectionId;
    }, 'the new connection');
    assert(id !== connectionId, 'it came back though nobody asked');
    // It takes the table over that the deleted one left, and goes on where that ended.
    const taken = await server.ended(await server.sync(id));
    assertEqual(`${taken.status} with ${taken.records}`, 'succeeded with 0', 'the first sync of the new one');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The program is started five times.
whatIsExportedAndDeletedComesBack.longest = 120_000;
