import { describe, expect, it } from 'vitest';
import type { CatalogEntry, ObjectOperation } from '../api/schema';
import {
  configurationOf,
  EMPTY,
  isConverted,
  lackOf,
  mappingOf,
  methodOf,
  newRow,
  offered,
  openSuggestions,
  operationOf,
  progressOf,
  rowIssue,
  settled,
  typed,
  withSuggestions,
  writesObjects,
  type Mapping,
  type Row,
} from './mapping';

const field = (name: string, required = false, type = 'text') => ({
  name,
  label: name,
  type,
  required,
  allowed: [],
});

const operation = (
  method: ObjectOperation['method'],
  matchingKeys: string[][],
  more: ObjectOperation['fields'] = [],
): ObjectOperation => ({
  object: 'contact',
  method,
  fields: [field('name', method !== 'update'), field('email'), field('age', false, 'int64'), ...more],
  additionalFields: false,
  matchingKeys,
});

const OPERATIONS = [
  operation('insert', [], [field('origin')]),
  operation('upsert', [['email']]),
  operation('update', [['email'], ['name', 'age']]),
];

const PEOPLE: CatalogEntry = {
  namespace: 'public',
  name: 'people',
  fieldCount: 3,
  isIncremental: true,
  hasOwnCursor: false,
  primaryKey: [],
  fields: [
    ['mail', 'text'],
    ['full_name', 'text'],
    ['changed', 'timestamp'],
  ],
};

const from = (to: string, source: string): Row => ({
  ...newRow(to),
  value: { kind: 'field', field: source },
});

const settle = (mapping: Mapping) => settled(mapping, OPERATIONS, PEOPLE);
const START: Mapping = { ...EMPTY, stream: 'public\npeople' };

describe('a mapping', () => {
  it('gets the fields that are needed and the only key by itself', () => {
    const chosen = settle({ ...START, object: 'contact', method: 'upsert' });
    expect(chosen.matching).toEqual(['email']);
    expect(chosen.rows.map((row) => row.to)).toEqual(['name', 'email']);
    expect(settle(chosen)).toEqual(chosen);
    expect(progressOf(chosen, operationOf(chosen, OPERATIONS))).toEqual({ all: 2, left: 2 });
  });

  it('asks by which of several keys, and then needs its fields', () => {
    const chosen = settle({ ...START, read: 'full_refresh', object: 'contact', method: 'update' });
    expect(chosen.matching).toEqual([]);
    expect(lackOf(chosen, OPERATIONS, PEOPLE)).toBe('matching');
    expect(settle({ ...chosen, matching: ['name', 'age'] }).rows.map((row) => row.to)).toEqual([
      'name',
      'age',
    ]);
  });

  it('is saved the same whichever way somebody comes to it', () => {
    const seed: [Partial<Mapping>, Partial<Mapping>, Partial<Mapping>, Partial<Mapping>] = [
      { stream: 'public\npeople', read: 'incremental', cursor: ['changed'] },
      { object: 'contact' },
      { rows: [from('age', 'full_name')] },
      { method: 'upsert' },
    ];
    const orders: Partial<Mapping>[][] = [
      seed,
      [seed[1], seed[3], seed[0], seed[2]],
      [seed[1], seed[2], seed[3], seed[0]],
    ];
    const saved = orders.map((order) => {
      const mapping = order.reduce<Mapping>((now, step) => {
        const { rows = [], ...rest } = step;
        return settle({ ...now, ...rest, rows: [...now.rows, ...rows] });
      }, EMPTY);
      const filled = {
        ...mapping,
        rows: mapping.rows.map((row) =>
          row.to === 'email'
            ? from('email', 'mail')
            : row.to === 'name'
              ? { ...row, value: { kind: 'expression', expression: 'trim(full_name)' } as const }
              : row,
        ),
      };
      expect(lackOf(filled, OPERATIONS, PEOPLE)).toBeUndefined();
      return configurationOf(filled, OPERATIONS, PEOPLE);
    });
    expect(saved[0]).toEqual({
      name: 'people',
      namespace: 'public',
      syncMode: 'incremental_deduped_history',
      cursorField: ['changed'],
      destinationObjectName: 'contact',
      matchingKey: ['email'],
      mappedFields: [
        { to: 'name', expression: 'trim(full_name)' },
        { to: 'email', field: 'mail' },
        { to: 'age', field: 'full_name' },
      ],
    });
    expect(saved[1]).toEqual(saved[0]);
    expect(saved[2]).toEqual(saved[0]);
  });

  it('says what it lacks, the first thing first', () => {
    const steps: [Partial<Mapping>, string | undefined][] = [
      [{ stream: 'public\npeople' }, 'read'],
      [{ read: 'incremental' }, 'cursor'],
      [{ cursor: ['changed'] }, 'object'],
      [{ object: 'contact' }, 'method'],
      [{ method: 'insert' }, 'required'],
      [{ rows: [from('name', 'full_name'), newRow()] }, 'rows'],
      [{ rows: [from('name', 'full_name')] }, undefined],
    ];
    let now: Mapping = EMPTY;
    expect(lackOf(now, OPERATIONS, undefined)).toBe('stream');
    for (const [step, lack] of steps) {
      now = settle({ ...now, ...step });
      expect(lackOf(now, OPERATIONS, PEOPLE)).toBe(lack);
    }
    expect(lackOf(now, OPERATIONS, PEOPLE, [now, { ...EMPTY, stream: 'public\npeople' }])).toBe(
      'streamTwice',
    );
  });

  it('keeps a field that another method does not write, and marks it', () => {
    const chosen = settle({
      ...START,
      object: 'contact',
      method: 'insert',
      rows: [from('name', 'full_name'), from('origin', 'mail')],
    });
    const other = settle({ ...chosen, method: 'upsert' });
    const row = other.rows.find((each) => each.to === 'origin');
    expect(row && rowIssue(row, other, operationOf(other, OPERATIONS))).toBe('unwritable');
    expect(offered(START, OPERATIONS).map(({ field: { name }, methods }) => [name, methods.length])).toEqual([
      ['name', 3],
      ['email', 3],
      ['age', 3],
      ['origin', 1],
    ]);
  });

  it('takes over what is suggested where nothing is mapped', () => {
    const chosen = settle({
      ...START,
      object: 'contact',
      method: 'upsert',
      rows: [from('name', 'mail')],
    });
    const proposed = [
      { to: 'name', field: 'full_name', likeness: 0.9 },
      { to: 'email', field: 'mail', likeness: 0.8 },
      { to: 'age', field: 'changed', likeness: 0.5 },
    ];
    const open = openSuggestions(chosen, proposed);
    expect(open.map(({ to }) => to)).toEqual(['email', 'age']);
    expect(withSuggestions(chosen, open).rows.map((row) => [row.to, row.value])).toEqual([
      ['name', { kind: 'field', field: 'mail' }],
      ['email', { kind: 'field', field: 'mail' }],
      ['age', { kind: 'field', field: 'changed' }],
    ]);
  });

  it('comes back from what a connection has', () => {
    const stream = {
      name: 'people',
      namespace: 'public',
      syncMode: 'full_refresh_update',
      destinationObjectName: 'contact',
      matchingKey: ['email'],
      mappedFields: [
        { to: 'name', constant: 'x', nulls: 'keep' },
        { to: 'email', field: 'mail' },
      ],
    } as const;
    const mutable = structuredClone(stream) as unknown as Parameters<typeof mappingOf>[0];
    const mapping = mappingOf(mutable);
    expect(mapping && configurationOf(mapping, OPERATIONS, PEOPLE)).toEqual(stream);
    expect(writesObjects([mutable])).toBe(true);
    expect(writesObjects([{ syncMode: 'incremental_append' }])).toBe(false);
    expect(mappingOf({ name: 'people', syncMode: 'full_refresh_update' })).toBeUndefined();
    expect(methodOf('full_refresh_overwrite')).toBeUndefined();
  });

  it('takes constants in the type of their field', () => {
    expect(typed('true', 'boolean')).toBe(true);
    expect(typed('7', 'int64')).toBe(7);
    expect(typed('007', 'int64')).toBe('007');
    expect(typed('7', 'text')).toBe('7');
    expect(isConverted('int32', 'int64')).toBe(false);
    expect(isConverted('text', 'int64')).toBe(true);
  });
});
