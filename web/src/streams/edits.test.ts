import { describe, expect, it } from 'vitest';
import type { CatalogEntry } from '../api/schema';
import { edited, editsOf, wishesOf, type StreamConfiguration } from './edits';
import { deselect, keyOf, select } from './streams';

const entry = (name: string): CatalogEntry => ({
  name,
  namespace: 'public',
  primaryKey: [['id']],
  isIncremental: true,
  hasOwnCursor: false,
  cursor: ['at'],
  fieldCount: 3,
});
const orders: StreamConfiguration = {
  name: 'orders',
  namespace: 'public',
  syncMode: 'incremental_deduped_history',
  primaryKey: [['id']],
  cursorField: ['at'],
};
const WRITES = new Set(['append', 'append_dedup', 'overwrite', 'overwrite_dedup']);

describe('editing the streams of a connection', () => {
  it('is nothing as long as nobody changes anything', () => {
    const mapped: StreamConfiguration = {
      ...orders,
      mappers: [{ type: 'hashing', mapperConfiguration: {} }] as never,
      selectedFields: [{ fieldPath: ['id'] }, { fieldPath: ['at'] }, { fieldPath: ['address', 'city'] }],
    };
    const gone: StreamConfiguration = { ...orders, name: 'dropped' };
    const before = [mapped, gone];
    const after = edited(before, [entry('orders'), entry('people')], wishesOf(before));
    expect(after).toEqual(before);
    expect(editsOf(before, after)).toEqual([]);
  });

  it('keeps what the table does not show where something else changes', () => {
    const before = [{ ...orders, mappers: [{ type: 'hashing', mapperConfiguration: {} }] as never }];
    const wishes = wishesOf(before);
    const choice = wishes.chosen[keyOf(orders)];
    const after = edited(before, [entry('orders')], {
      ...wishes,
      chosen: { [keyOf(orders)]: { ...choice, mode: 'full_refresh_overwrite', fields: ['id'] } },
    });
    expect(after).toEqual([
      {
        name: 'orders',
        namespace: 'public',
        syncMode: 'full_refresh_overwrite',
        primaryKey: [['id']],
        selectedFields: [{ fieldPath: ['id'] }],
        mappers: [{ type: 'hashing', mapperConfiguration: {} }],
      },
    ]);
  });

  it('tells what comes, what goes and what becomes different', () => {
    const before = [orders, { ...orders, name: 'old' }];
    const streams = [entry('orders'), entry('old'), entry('fresh')];
    let wishes = deselect(wishesOf(before), [entry('old')]);
    wishes = select(wishes, [entry('fresh')], WRITES);
    wishes.chosen[keyOf(orders)] = {
      mode: 'incremental_deduped_history',
      primaryKey: [['code']],
      cursor: ['at'],
    };
    const edits = editsOf(before, edited(before, streams, wishes));
    expect(edits.map(({ label, kind }) => `${kind} ${label}`)).toEqual([
      'added public.fresh',
      'removed public.old',
      'changed public.orders',
    ]);
    expect(edits[2]?.parts).toEqual([{ part: 'key', from: 'id', to: 'code' }]);
  });

  it('advises a refresh where rows that are there would stay as they were', () => {
    const edit = (old: Partial<StreamConfiguration>, next: Partial<StreamConfiguration>) =>
      editsOf([{ ...orders, ...old }], [{ ...orders, ...next }])[0];
    expect(edit({}, { primaryKey: [['code']] })).toMatchObject({
      remedies: ['none', 'keep', 'remove', 'clear'],
      advised: 'keep',
    });
    expect(edit({ syncMode: 'full_refresh_overwrite' }, { syncMode: 'incremental_append' })).toMatchObject({
      remedies: ['none', 'keep', 'clear'],
      advised: 'keep',
    });
    expect(edit({}, { syncMode: 'full_refresh_overwrite' })).toMatchObject({
      remedies: ['none', 'clear'],
      advised: 'none',
    });
    expect(edit({}, { destinationObjectName: 'orders_2' })).toMatchObject({ advised: 'none' });
  });
});
