import { describe, expect, it } from 'vitest';
import type { CatalogEntry } from '../api/schema';
import { ask, filter, indexOf } from './search';
import {
  begin,
  changeEach,
  configured,
  cursorQuality,
  deselect,
  issues,
  keyOf,
  lacks,
  obstacle,
  proposal,
  select,
  targetOf,
  toggleField,
  withIntent,
  type Naming,
  type Wishes,
} from './streams';

const ALL = new Set(['append', 'overwrite', 'append_dedup', 'overwrite_dedup']);
const NAMING: Naming = { definition: 'destination', format: '', prefix: '' };

function stream(name: string, more: Partial<CatalogEntry> = {}): CatalogEntry {
  return { name, fieldCount: 2, isIncremental: true, hasOwnCursor: false, primaryKey: [], ...more };
}

const keyed = stream('orders', { namespace: 'public', primaryKey: [['id']], cursor: ['updated_at'] });
const bare = stream('notes');
const full = stream('countries', { isIncremental: false, primaryKey: [['code']] });

describe('the mode that is proposed', () => {
  it.each([
    ['a key and a cursor', keyed, 'incremental_deduped_history', undefined],
    ['neither', bare, 'full_refresh_overwrite', 'key'],
    ['a key but no increments', full, 'full_refresh_overwrite_deduped', undefined],
    [
      'a key but no cursor',
      stream('a', { primaryKey: [['id']] }),
      'full_refresh_overwrite_deduped',
      'cursor',
    ],
    [
      'a cursor of its own',
      stream('log', { hasOwnCursor: true, primaryKey: [['id']] }),
      'incremental_deduped_history',
      undefined,
    ],
  ] as const)('to replicate a stream with %s', (_, of, mode, wouldNeed) => {
    expect(proposal(of, 'replicate', 'changes', ALL)).toEqual({ mode, wouldNeed });
  });

  it('to keep history is of changes, or of snapshots where it cannot or nobody wants that', () => {
    expect(proposal(keyed, 'append', 'changes', ALL).mode).toBe('incremental_append');
    expect(proposal(keyed, 'append', 'snapshots', ALL).mode).toBe('full_refresh_append');
    expect(proposal(bare, 'append', 'changes', ALL)).toEqual({
      mode: 'full_refresh_append',
      wouldNeed: 'cursor',
    });
  });

  it('is one that the destination can write', () => {
    expect(proposal(keyed, 'replicate', 'changes', new Set(['append'])).mode).toBe('incremental_append');
    expect(obstacle(keyed, 'full_refresh_overwrite', new Set(['append']))).toBe('destination');
    expect(obstacle(full, 'incremental_append', ALL)).toBe('source');
  });
});

describe('the beginning', () => {
  it('chooses all of a few streams and none of many', () => {
    expect(Object.keys(begin([keyed, bare], ALL).chosen)).toHaveLength(2);
    const many = Array.from({ length: 51 }, (_, index) => stream(`s${index}`));
    expect(begin(many, ALL).chosen).toEqual({});
  });
});

describe('another intent', () => {
  const start = begin([keyed, bare], ALL);
  const custom = changeEach(start, [bare], (_, choice) => ({
    ...choice,
    mode: 'full_refresh_append',
  })).wishes;

  it('changes all that nobody has changed', () => {
    const next = withIntent(custom, 'append', 'changes', [keyed, bare], ALL, true);
    expect(next.chosen[keyOf(keyed)]?.mode).toBe('incremental_append');
    expect(next.chosen[keyOf(bare)]).toMatchObject({ mode: 'full_refresh_append', isCustom: true });
  });

  it('changes the rest too where that is wished', () => {
    const back = withIntent(custom, 'replicate', 'changes', [keyed, bare], ALL, false);
    expect(back.chosen[keyOf(bare)]).toMatchObject({ mode: 'full_refresh_overwrite', isCustom: false });
  });
});

describe('many at once', () => {
  it('tells to how many it applies', () => {
    const start = select(begin([], ALL), [keyed, bare, full], ALL);
    const result = changeEach(start, [keyed, bare, full], (of, choice) =>
      of.isIncremental ? { ...choice, cursor: ['changed'] } : undefined,
    );
    expect(result).toMatchObject({ applied: 2, skipped: 1 });
    expect(result.wishes.chosen[keyOf(bare)]?.cursor).toEqual(['changed']);
    expect(start.chosen[keyOf(bare)]?.cursor).toBeUndefined();
    expect(Object.keys(deselect(start, [bare]).chosen)).toHaveLength(2);
  });
});

describe('fields', () => {
  const of = {
    ...keyed,
    fields: [
      ['id', 'int64'],
      ['updated_at', 'timestamp'],
      ['note', 'string'],
    ],
  };

  it('are a list once one is left out, and all again once all are there', () => {
    const without = toggleField(of, { mode: 'full_refresh_append' }, 'note');
    expect(without.fields).toEqual(['id', 'updated_at']);
    expect(toggleField(of, without, 'note').fields).toBeUndefined();
  });

  it('that are key or cursor always come along', () => {
    const choice = { mode: 'incremental_deduped_history' } as const;
    expect(toggleField(of, choice, 'id').fields).toBeUndefined();
    expect(toggleField(of, choice, 'updated_at').fields).toBeUndefined();
  });

  it.each([
    ['updated_at', 'timestamp(6)', 'good'],
    ['id', 'int64', 'risky'],
    ['flag', 'boolean', 'impossible'],
    ['doc', 'json', 'impossible'],
  ])('%s %s is %s as a cursor', (name, type, quality) => expect(cursorQuality(name, type)).toBe(quality));
});

describe('issues', () => {
  it('are a missing key, a missing cursor, no fields, and two streams for one table', () => {
    const twins = [stream('users', { namespace: 'a' }), stream('Users', { namespace: 'b' })];
    const wishes: Wishes = {
      intent: 'replicate',
      way: 'changes',
      chosen: {
        [keyOf(bare)]: { mode: 'full_refresh_overwrite_deduped' },
        [keyOf(keyed)]: { mode: 'full_refresh_append', fields: [] },
        [keyOf(twins[0] ?? bare)]: { mode: 'full_refresh_append' },
        [keyOf(twins[1] ?? bare)]: { mode: 'full_refresh_append' },
      },
    };
    expect([...issues([bare, keyed, ...twins], wishes, NAMING).values()]).toEqual([
      'key',
      'fields',
      'collision',
      'collision',
    ]);
    expect(issues(twins, wishes, { ...NAMING, definition: 'source' }).size).toBe(0);
    expect(lacks(bare, { mode: 'incremental_append' })).toBe('cursor');
  });
});

describe('what is sent', () => {
  it('says what it takes and no more', () => {
    const wishes = select(begin([], ALL), [keyed, bare], ALL);
    expect(configured([keyed, bare, full], wishes)).toEqual([
      {
        name: 'orders',
        namespace: 'public',
        syncMode: 'incremental_deduped_history',
        cursorField: ['updated_at'],
        primaryKey: [['id']],
      },
      { name: 'notes', syncMode: 'full_refresh_overwrite' },
    ]);
  });

  it('has names as they are made', () => {
    const naming: Naming = { definition: 'custom_format', format: 'raw_${SOURCE_NAMESPACE}', prefix: 'x_' };
    expect(targetOf(keyed, undefined, naming)).toBe('raw_public.x_orders');
    expect(targetOf(keyed, { mode: 'full_refresh_append', destinationName: 'o' }, naming)).toBe(
      'raw_public.o',
    );
    expect(targetOf(keyed, undefined, NAMING)).toBe('orders');
  });
});

const WIDE = Array.from({ length: 10_000 }, (_, at) =>
  stream(`table_${at}`, {
    namespace: `schema_${at % 20}`,
    fields: Array.from({ length: 50 }, (__, field) => [
      `field_${at % 97}_${field}`,
      field % 5 === 0 ? 'timestamp(6)' : 'string',
    ]),
  }),
);

describe('looking for streams', () => {
  const index = indexOf([
    keyed,
    bare,
    {
      ...full,
      fields: [
        ['code', 'string'],
        ['changed', 'timestamp(6)'],
      ],
    },
  ]);
  const wishes = changeEach(begin(index.streams, ALL), [bare], (_, choice) => ({
    ...choice,
    mode: 'incremental_append',
  })).wishes;
  const found = issues(index.streams, wishes, NAMING);
  const names = (text: string, inFields = true) =>
    filter(index, ask(text, index, inFields, wishes, found), 'all', wishes, found).map((each) => each.name);

  it.each([
    ['', ['orders', 'notes', 'countries']],
    ['ORD', ['orders']],
    ['ns:public', ['orders']],
    ['/^(notes|count)/', ['notes', 'countries']],
    ['/^code$/', ['countries']],
    ['code', ['countries']],
    ['type:timestamp', ['countries']],
    ['mode:incremental', ['orders', 'notes']],
    ['is:custom', ['notes']],
    ['is:invalid', ['notes']],
    ['has:pk', ['orders', 'countries']],
    ['has:pk ns:public', ['orders']],
    ['nothing', []],
  ])('"%s"', (text, expected) => expect(names(text)).toEqual(expected));

  it('leaves fields out unless they are asked for', () => expect(names('code', false)).toEqual([]));

  it('says why a pattern is none', () => {
    expect(ask('/(/', index, true, wishes, found).wrong).toContain('(');
  });

  it('finds among 10,000 streams with 50 fields each while somebody types', () => {
    const wide = indexOf(WIDE);
    const none: Wishes = { intent: 'replicate', way: 'changes', chosen: {} };
    const look = (text: string) =>
      filter(wide, ask(text, wide, true, none, new Map()), 'all', none, new Map());
    look('field_9_49');
    const begun = performance.now();
    const hits = look('field_42_49');
    const millis = performance.now() - begun;
    expect(hits).toHaveLength(Math.floor(10_000 / 97));
    // 50 ms are wished for; machines that do much else at the same time get more.
    expect(millis).toBeLessThan(500);
    const again = performance.now();
    expect(look('/^field_42_49$/')).toHaveLength(hits.length);
    const pattern = performance.now() - again;
    expect(pattern).toBeLessThan(500);
    console.info(
      `10,000 × 50 fields filtered in ${millis.toFixed(1)} ms, by a pattern in ${pattern.toFixed(1)} ms`,
    );
  });
});
