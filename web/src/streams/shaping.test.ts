import { describe, expect, it } from 'vitest';
import { conditionOf, expressionOf } from './condition';
import type { Mapper } from './mappers';
import {
  extentOf,
  filterOf,
  isHashed,
  partsOf,
  shortly,
  toggledPart,
  withFilter,
  withHash,
  withParts,
} from './shaping';

const rename: Mapper = {
  type: 'field-renaming',
  mapperConfiguration: { originalFieldName: 'a', newFieldName: 'b' },
};
const tree: Mapper = {
  type: 'row-filtering',
  mapperConfiguration: { conditions: { type: 'EQUAL', fieldName: 'a', comparisonValue: '1' } },
};

describe('what the table makes of mappers', () => {
  it('puts a filter first, and leaves what somebody has written where it is', () => {
    const one = withFilter([rename], 'id > 1');
    expect(one[1]).toBe(rename);
    expect(filterOf(one)).toBe('id > 1');
    const two = withFilter(one, 'id > 2');
    expect(two).toHaveLength(2);
    expect(filterOf(two)).toBe('id > 2');
    expect(withFilter(two, undefined)).toEqual([rename]);
    expect(filterOf([tree])).toBeUndefined();
    expect(withFilter([tree], 'x').at(-1)).toBe(tree);
    // A filter after a mapper speaks of other names.
    expect(filterOf([rename, ...withFilter([], 'b > 1')])).toBeUndefined();
  });

  it('cuts documents after the filter and before anything else', () => {
    const cut = withParts(withFilter([rename], 'id > 1'), 'place', [['city']]);
    expect(cut.map(({ type }) => type)).toEqual(['row-filtering', 'field-selection', 'field-renaming']);
    expect(partsOf(cut, 'place')).toEqual([['city']]);
    expect(partsOf(cut, 'other')).toBeUndefined();
    expect(withParts(cut, 'place', undefined)).toHaveLength(2);
  });

  it('hashes a field once', () => {
    const hashed = withHash(withHash([rename], 'mail', true), 'mail', true);
    expect(hashed).toHaveLength(2);
    expect(isHashed(hashed, 'mail')).toBe(true);
    expect(withHash(hashed, 'mail', false)).toEqual([rename]);
  });

  it('tells no secret', () => {
    const keyed = { type: 'hashing', mapperConfiguration: { targetField: 'mail', key: 'canary' } };
    expect(shortly(keyed)).toContain('mail');
    expect(shortly(keyed)).not.toContain('canary');
  });
});

describe('parts of a document', () => {
  const known = [['city'], ['geo'], ['geo', 'lat'], ['geo', 'lon']];

  it('are taken out and in again', () => {
    const withoutLat = toggledPart(undefined, known, ['geo', 'lat']);
    expect(withoutLat).toEqual([['city'], ['geo', 'lon']]);
    expect(extentOf(withoutLat, ['geo'])).toBe('some');
    expect(extentOf(withoutLat, ['geo', 'lat'])).toBe('none');
    expect(extentOf(withoutLat, ['city'])).toBe('whole');
    expect(toggledPart(withoutLat, known, ['geo', 'lat'])).toBeUndefined();
    // One of which some come along comes whole.
    expect(toggledPart(withoutLat, known, ['geo'])).toBeUndefined();
  });

  it('are named whole where all of them come along', () => {
    expect(toggledPart(undefined, known, ['city'])).toEqual([['geo']]);
    expect(toggledPart([['geo']], known, ['geo'])).toEqual([]);
  });
});

describe('a condition', () => {
  const types = new Map([
    ['id', 'int64'],
    ['is new', 'boolean'],
    ['name', 'string'],
  ]);

  it('becomes an expression and comes back', () => {
    const condition = {
      join: 'and' as const,
      comparisons: [
        { field: 'id', operator: '>=' as const, value: '10' },
        { field: 'name', operator: '<>' as const, value: "it's 1 and 2" },
        { field: 'is new', operator: '=' as const, value: 'true' },
        { field: 'when', operator: 'is not null' as const, value: '' },
      ],
    };
    const text = expressionOf(condition, types);
    expect(text).toBe(`id >= 10 and name <> 'it''s 1 and 2' and "is new" = true and "when" is not null`);
    expect(conditionOf(text)).toEqual(condition);
  });

  it('is left as text where it is more than comparisons', () => {
    for (const text of [
      "lower(name) = 'x'",
      'id = 1 and name = 2 or id = 3',
      "country in ('CH')",
      'not deleted',
      'id = 1 and',
      '',
    ]) {
      expect(conditionOf(text), text).toBeUndefined();
    }
    expect(conditionOf('name IS  NULL OR id<-1.5')?.comparisons).toHaveLength(2);
  });
});
