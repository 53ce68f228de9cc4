import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { outline, plan } from './plan';
import type { Schema } from './schema';

/** One property of a spec, and the control that it gets. */
const ROWS: [string, Schema, string][] = [
  ['a string', { type: 'string' }, 'text'],
  ['a string or nothing', { type: ['null', 'string'] }, 'text'],
  ['a secret', { type: 'string', airbyte_secret: true }, 'password'],
  ['a secret of several lines', { type: 'string', airbyte_secret: true, multiline: true }, 'passwordText'],
  ['several lines', { type: 'string', multiline: true }, 'textarea'],
  ['a string of few', { type: 'string', enum: ['a', 'b', 'c'] }, 'segmented'],
  ['a string of many', { type: 'string', enum: ['a', 'b', 'c', 'd'] }, 'select'],
  ['a string of one that is the default', { type: 'string', enum: ['a'], default: 'a' }, 'const'],
  ['a date', { type: 'string', format: 'date' }, 'date'],
  ['a time', { type: 'string', format: 'date-time' }, 'datetime'],
  ['an address', { type: 'string', format: 'uri' }, 'text'],
  ['a query', { type: 'string', format: 'sql' }, 'textarea'],
  ['a whole number', { type: 'integer', minimum: 1 }, 'integer'],
  ['a number', { type: 'number' }, 'number'],
  ['one of some numbers', { type: 'integer', enum: [1, 2] }, 'select'],
  ['yes or no', { type: 'boolean' }, 'switch'],
  ['a constant', { type: 'string', const: 'x' }, 'const'],
  ['a list of strings', { type: 'array', items: { type: 'string' } }, 'tags'],
  ['a list of numbers', { type: 'array', items: { type: 'integer' } }, 'tags'],
  ['a list of some', { type: 'array', items: { type: 'string', enum: ['a', 'b'] } }, 'multiselect'],
  [
    'a list of objects',
    { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
    'cards',
  ],
  ['a list', { type: 'array' }, 'tags'],
  ['an object', { type: 'object', properties: { a: { type: 'string' } } }, 'object'],
  ['names and values', { type: 'object', additionalProperties: { type: 'string' } }, 'keyvalue'],
  ['one of several', { type: 'object', oneOf: [{ title: 'A' }, { title: 'B' }] }, 'oneOf'],
  ['anything', {}, 'raw'],
  ['nothing', { type: 'null' }, 'raw'],
  ['what cannot be changed', { type: 'string', readOnly: true }, 'readonly'],
  ['what is not shown', { type: 'string', airbyte_hidden: true }, 'hidden'],
  ['what no control exists for', { anyOf: [{ type: 'string' }, { type: 'integer' }] }, 'raw'],
  ['something or nothing', { anyOf: [{ type: 'integer' }, { type: 'null' }] }, 'integer'],
];

describe('the control', () => {
  it.each(ROWS)('of %s', (_, schema, control) => {
    const sections = plan({ type: 'object', properties: { it: schema } });
    const [field] = sections.flatMap((section) => [...section.required, ...section.optional]);
    // What is not shown has no place in a section.
    expect(field?.control ?? 'unseen').toBe(['const', 'hidden'].includes(control) ? 'unseen' : control);
  });

  it('of what stands elsewhere, and of what goes round', () => {
    const spec: Schema = {
      properties: {
        a: { $ref: '#/$defs/port', title: 'Port' },
        b: { $ref: '#/$defs/round' },
        c: { $ref: 'http://x' },
      },
      $defs: { port: { type: 'integer' }, round: { $ref: '#/$defs/round' } },
    };
    expect(outline(plan(spec))).toEqual(['# ', '…', 'a: integer', 'b: raw', 'c: raw']);
  });

  it('only of the part that is too much is a text', () => {
    const spec: Schema = {
      properties: { plain: { type: 'string' }, hard: { type: 'object', if: {}, then: {}, properties: {} } },
    };
    expect(outline(plan(spec))).toEqual(['# ', '…', 'hard: raw', 'plain: text']);
  });
});

describe('the order', () => {
  it('is that of the spec: what is needed first, then by number, then by name', () => {
    const spec: Schema = {
      required: ['host', 'port'],
      properties: {
        zone2: { type: 'string' },
        zone10: { type: 'string' },
        late: { type: 'string', order: 9 },
        early: { type: 'string', order: 1 },
        shown: { type: 'string', always_show: true, order: 5 },
        port: { type: 'integer', order: 2 },
        host: { type: 'string', order: 0 },
      },
    };
    expect(outline(plan(spec))).toEqual([
      '# ',
      'host*: text',
      'port*: integer',
      'shown: text',
      '…',
      'early: text',
      'late: text',
      'zone2: text',
      'zone10: text',
    ]);
  });

  it('of groups is that of the list, those beside it by name, and what is advanced is last', () => {
    const of = (group: string): Schema => ({ type: 'string', group });
    const spec: Schema = {
      groups: [{ id: 'advanced' }, { id: 'b', title: 'Second' }, { id: 'a', title: 'First' }],
      properties: {
        p: of('advanced'),
        q: of('a'),
        r: of('b'),
        s: of('x2'),
        t: of('x10'),
        u: { type: 'string' },
      },
    };
    expect(plan(spec).map((section) => section.id)).toEqual(['', 'b', 'a', 'x2', 'x10', 'advanced']);
    expect(plan(spec)[1]?.title).toBe('Second');
  });

  it('of a oneOf is told with its options, without what tells them apart', () => {
    const spec: Schema = {
      required: ['auth'],
      properties: {
        auth: {
          oneOf: [
            {
              title: 'Key',
              required: ['key'],
              properties: { type: { const: 'key' }, key: { type: 'string', airbyte_secret: true } },
            },
            { title: 'None', properties: { type: { const: 'none' } } },
          ],
        },
      },
    };
    expect(outline(plan(spec))).toEqual(['# ', 'auth*: oneOf', '  (Key)', '    key*: password', '  (None)']);
  });
});

/** Specs of many authors, if they lie beside this repository. */
const MANIFESTS = '../../shared/manifests';

describe.skipIf(!existsSync(MANIFESTS))(
  'manifests of many authors (not beside this checkout: skipped)',
  () => {
    const names = existsSync(MANIFESTS)
      ? readdirSync(MANIFESTS)
          .filter((name) => name.endsWith('.yaml'))
          .slice(0, 60)
      : [];

    it('are forms: hardly anything of them has to be edited as text', { timeout: 60_000 }, () => {
      let fields = 0;
      const raw: string[] = [];
      for (const name of names) {
        const manifest = parse(readFileSync(`${MANIFESTS}/${name}`, 'utf8'), {
          merge: true,
          uniqueKeys: false,
        }) as {
          spec?: { connection_specification?: Schema };
        };
        const spec = manifest.spec?.connection_specification;
        const lines = spec === undefined ? [] : outline(plan(spec)).filter((line) => line.includes(': '));
        fields += lines.length;
        raw.push(...lines.filter((line) => line.endsWith(': raw')).map((line) => `${name} ${line}`));
      }
      expect(names.length).toBeGreaterThan(20);
      expect(fields).toBeGreaterThan(100);
      expect(raw.length, raw.join('\n')).toBeLessThanOrEqual(fields / 100);
    });
  },
);
