import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../../', import.meta.url);
const table = readFileSync(new URL('web/e2e/README.md', ROOT), 'utf8')
  .split('\n')
  .filter((line) => /^\|\s*\d+\s*\|/.test(line));

describe('the table of acceptance scenarios', () => {
  it('names every one that is about what is there', () => {
    const numbers = table.map((line) => Number(line.split('|')[1]));
    expect(numbers).toEqual(Array.from({ length: 28 }, (_, at) => at + 1));
  });

  it('names files that are there, and all that are played', () => {
    const named = table.flatMap((line) => [...line.matchAll(/`([^`]+)`/g)].map(([, path]) => path ?? ''));
    expect(named.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
    const beside = new Set(['lists', 'connectors', 'signing', 'start']);
    const played = readdirSync(new URL('web/e2e/scenarios/', ROOT)).map((file) => file.replace('.mjs', ''));
    expect(
      played.filter((name) => !beside.has(name) && !named.includes(`web/e2e/scenarios/${name}.mjs`)),
    ).toEqual([]);
  });
});
