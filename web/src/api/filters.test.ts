import { describe, expect, it } from 'vitest';
import { asked, readFilter, written } from './connections';
import { duration, isOpen, readJobFilter } from './jobs';

describe('a filter of connections', () => {
  it('comes out of an address as it went in, without what nobody knows', () => {
    const filter = { q: 'shop', status: 'failed', tags: ['a', 'b'], actor: 'x', sort: 'last_run' } as const;
    expect(readFilter(written({ ...filter, tags: [...filter.tags] }))).toEqual(filter);
    expect(readFilter({ status: 'nonsense', sort: 'x', tags: '', q: '' })).toEqual({});
    expect(asked(readFilter({ q: 'a', actor: 'x' }))).toEqual({ text: 'a', actorIds: ['x'] });
  });
});

describe('a filter of jobs', () => {
  it('knows its words only', () => {
    expect(readJobFilter({ status: 'failed', kind: 'sync', page: '3', from: '2026-01-01' })).toEqual({
      status: 'failed',
      kind: 'sync',
      page: 3,
      from: '2026-01-01',
    });
    expect(readJobFilter({ status: 'odd', kind: 'odd', page: '-1', from: 'yesterday' })).toEqual({});
  });

  it('knows how long a job took, and whether it is over', () => {
    expect(duration({ startedAt: '2026-01-01T00:00:00Z', endedAt: '2026-01-01T00:01:30Z' })).toBe(90);
    expect(duration({ startedAt: '2026-01-01T00:00:00Z' }, Date.parse('2026-01-01T00:00:05Z'))).toBe(5);
    expect(duration({})).toBeUndefined();
    expect([isOpen('incomplete'), isOpen('failed'), isOpen(undefined)]).toEqual([true, false, false]);
  });
});
