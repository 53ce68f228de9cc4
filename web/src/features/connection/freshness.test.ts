import { describe, expect, it } from 'vitest';
import type { PastRun } from '../../api/schema';
import { ages } from './freshness';

const run = (status: PastRun['status'], startedAt: string, endedAt?: string) =>
  ({ status, startedAt, createdAt: startedAt, endedAt }) as PastRun;
const at = (time: string) => Date.parse(time);

describe('the age of the data', () => {
  it('grows between runs that succeed, whatever failed in between', () => {
    const points = ages(
      [
        run('succeeded', '2026-01-01T02:00:00Z', '2026-01-01T02:10:00Z'),
        run('failed', '2026-01-01T01:00:00Z', '2026-01-01T01:01:00Z'),
        run('succeeded', '2026-01-01T00:00:00Z', '2026-01-01T00:05:00Z'),
      ],
      at('2026-01-01T03:00:00Z'),
    );
    expect(points).toEqual([
      { x: at('2026-01-01T00:05:00Z'), y: 300 },
      { x: at('2026-01-01T02:10:00Z'), y: 7_800 },
      { x: at('2026-01-01T02:10:00Z'), y: 600 },
      { x: at('2026-01-01T03:00:00Z'), y: 3_600 },
    ]);
  });

  it('is unknown where nothing has succeeded', () => {
    expect(ages([run('failed', '2026-01-01T00:00:00Z', '2026-01-01T00:01:00Z')], 0)).toEqual([]);
  });
});
