import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { mapper, projectText } from './projectText';

const exported = {
  sources: [{ name: 'shop', connector: 'postgres', configuration: { host: 'h', password: '**********' } }],
  destinations: [{ name: 'lake', connector: 'duckdb', configuration: { path: 'a${b' } }],
  connections: [
    {
      name: 'shop-to-lake',
      source: 'shop',
      destination: 'lake',
      schedule: { every: 6, unit: 'hours' },
      namespaceDefinition: 'custom_format',
      namespaceFormat: 'raw',
      prefix: '',
      schemaChanges: 'propagate_columns',
      backfill: false,
      tags: ['finance'],
      streams: {
        'public.orders': {
          syncMode: 'incremental_deduped_history',
          cursorField: ['updated_at'],
          primaryKey: [['id']],
          selectedFields: [{ fieldPath: ['id'] }, { fieldPath: ['total'] }],
          mappers: [
            {
              type: 'hashing',
              mapperConfiguration: { targetField: 'email', method: 'SHA-256', fieldNameSuffix: '_h' },
            },
          ],
        },
      },
    },
  ],
  notes: [],
};

describe('a project file', () => {
  it('says what the server exports in the words of the terminal', () => {
    const { text, variables, notes } = projectText(exported as never);
    expect(notes).toEqual([]);
    expect(variables).toEqual(['SHOP_PASSWORD']);
    expect(parse(text)).toEqual({
      version: 1,
      sources: { shop: { connector: 'postgres', config: { host: 'h', password: '${SHOP_PASSWORD}' } } },
      destinations: { lake: { connector: 'duckdb', config: { path: 'a$${b' } } },
      connections: {
        'shop-to-lake': {
          source: 'shop',
          destination: 'lake',
          schedule: { every: '6h' },
          namespace: { custom: 'raw' },
          tags: ['finance'],
          streams: {
            'public.orders': {
              mode: 'incremental_append_deduped',
              cursor: 'updated_at',
              primaryKey: ['id'],
              fields: { include: ['id', 'total'] },
              mappers: [{ hash: { field: 'email', method: 'SHA-256', suffix: '_h' } }],
            },
          },
        },
      },
    });
  });

  it('leaves out what it has no words for, and says so', () => {
    const [connection] = exported.connections;
    const other = {
      ...exported,
      connections: [
        {
          ...connection,
          schedule: { every: 2, unit: 'months' },
          streams: { s: { syncMode: 'x', mappers: [{ type: 'encryption' }] } },
        },
      ],
    };
    const { notes, text } = projectText(other as never);
    expect(notes).toHaveLength(2);
    expect(text).not.toContain('schedule');
    const inOneWord = (type: string, mapperConfiguration: object) => mapper({ type, mapperConfiguration });
    expect(inOneWord('row-filtering', { conditions: { type: 'EXPRESSION', expression: 'a = 1' } })).toEqual({
      filter: 'a = 1',
    });
    expect(inOneWord('row-filtering', { conditions: { type: 'NOT' } })).toBeUndefined();
    expect(inOneWord('field-selection', { targetField: 'a', paths: [['b', 'c']] })).toEqual({
      select: { field: 'a', keep: ['b.c'] },
    });
    expect(inOneWord('field-selection', { targetField: 'a', paths: [['b.c']] })).toBeUndefined();
    expect(mapper({ type: 'hashing', mapperConfiguration: { key: '**********' } })).toBeUndefined();
  });
});
