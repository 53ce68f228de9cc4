import { describe, expect, it } from 'vitest';
import { plan } from './plan';
import type { Schema } from './schema';
import { FormStore } from './store';
import { complaints } from './validate';
import { initial, MASK, optionOf, prepared, switched } from './values';
import { numberOf } from './numbers';
import { dated } from './texts';

const SPEC: Schema = {
  required: ['host', 'port', 'tunnel'],
  properties: {
    host: { type: 'string', pattern: '^[^/]+$' },
    port: { type: 'integer', default: 5432, minimum: 1, maximum: 65535 },
    limit: { type: 'integer', default: 10 },
    secretWay: { type: 'string', airbyte_hidden: true, default: 'x' },
    password: { type: 'string', airbyte_secret: true },
    tunnel: {
      oneOf: [
        { title: 'None', properties: { method: { const: 'none' } } },
        {
          title: 'Key',
          required: ['user', 'key'],
          properties: {
            method: { const: 'key' },
            user: { type: 'string' },
            port: { type: 'integer', default: 22 },
            key: { type: 'string', airbyte_secret: true, multiline: true },
          },
        },
        {
          title: 'Password',
          required: ['user', 'port'],
          properties: { method: { const: 'password' }, user: { type: 'string' }, port: { type: 'string' } },
        },
      ],
      default: { method: 'none' },
    },
  },
};

const tunnel = plan(SPEC)[0]?.required.find((field) => field.key === 'tunnel');
const [, key, password] = tunnel?.options ?? [];

describe('a new form', () => {
  it('begins with defaults of what is needed, and keeps no others', () => {
    expect(initial(SPEC)).toEqual({ port: 5432, tunnel: { method: 'none' }, secretWay: 'x' });
  });
});

describe('one of several', () => {
  it('is found by what tells it, and not where the spec has it no longer', () => {
    expect(tunnel && optionOf(tunnel, { method: 'key' })?.title).toBe('Key');
    expect(tunnel && optionOf(tunnel, { method: 'gone' })).toBeUndefined();
  });

  it('keeps what both have when another is chosen, unless it is of another kind', () => {
    const typed = { method: 'key', user: 'ada', port: 22, key: 'k' };
    expect(password && switched(typed, password, undefined)).toEqual({ method: 'password', user: 'ada' });
  });

  it('brings back what was typed for it before', () => {
    const before = { method: 'key', user: 'ada', key: 'k' };
    expect(key && switched({ method: 'none' }, key, before)).toEqual(before);
  });
});

describe('what is sent', () => {
  it('is without what belongs to other options and blanks around texts', () => {
    const values = {
      host: ' db ',
      port: 1,
      password: '',
      tunnel: { method: 'none', user: 'ada', key: 'k' },
      more: 1,
    };
    expect(prepared(SPEC, values)).toEqual({
      host: 'db',
      port: 1,
      secretWay: 'x',
      tunnel: { method: 'none' },
      more: 1,
    });
  });

  it('keeps blanks of secrets', () => {
    expect(prepared(SPEC, { password: ' p ' }).password).toBe(' p ');
  });
});

const told = (values: Record<string, unknown>, stored?: Record<string, unknown>) =>
  complaints(SPEC, values, stored).map((each) => `${each.path.join('/')} ${each.id}`);

describe('complaints', () => {
  const fine = { host: 'db', port: 1, tunnel: { method: 'none' } };

  it('are about what is missing, and only in the option that is chosen', () => {
    expect(told({})).toEqual(['host form.required', 'port form.required', 'tunnel form.required']);
    expect(told({ ...fine, tunnel: { method: 'key' } })).toEqual([
      'tunnel/key form.required',
      'tunnel/user form.required',
    ]);
    expect(told(fine)).toEqual([]);
    expect(told({ ...fine, tunnel: { method: 'gone' } })).toEqual(['tunnel form.option.gone']);
  });

  it('are about what does not fit', () => {
    expect(told({ ...fine, host: 'http://db', port: 70000 })).toEqual([
      'host form.pattern',
      'port form.most',
    ]);
    expect(told({ ...fine, port: 'x' })).toEqual(['port form.integer']);
    expect(told({ ...fine, port: 1.5 })).toEqual(['port form.integer']);
  });

  it('refuse the stars that stand for a secret where there is none', () => {
    expect(told({ ...fine, password: MASK })).toEqual(['password form.secret.mask']);
    expect(told({ ...fine, password: MASK }, { ...fine, password: MASK })).toEqual([]);
  });

  it('ask again for secrets that would go to another place', () => {
    const stored = { ...fine, password: MASK };
    expect(told({ ...stored, host: 'evil' }, stored)).toEqual(['password form.secret.again']);
    expect(told({ ...stored, host: 'evil', password: 'new' }, stored)).toEqual([]);
    expect(told({ ...stored, port: 2 }, stored)).toEqual([]);
  });
});

describe('a form', () => {
  it('complains of nothing that nobody has touched, and stops when it is mended', () => {
    const store = new FormStore({}, (values) => complaints(SPEC, values));
    expect(store.complaints()).toEqual([]);
    store.leave(['host']);
    expect(store.complaints().map((each) => each.path)).toEqual([['host']]);
    store.set(['host'], 'db');
    expect(store.complaints()).toEqual([]);
    expect(store.checkAll()).toBe(false);
    expect(store.complaints()).toHaveLength(2);
  });

  it('takes names with dots, lists, and the name with the value', () => {
    const store = new FormStore({ list: [{ a: 1 }, { a: 2 }] }, () => []);
    store.set(['a.b', 'c[0]'], 1);
    store.set(['list', '1', 'a'], 3);
    expect(store.all()).toEqual({ list: [{ a: 1 }, { a: 3 }], 'a.b': { 'c[0]': 1 } });
    store.set(['list'], undefined);
    expect(store.all()).toEqual({ 'a.b': { 'c[0]': 1 } });
  });
});

describe('numbers', () => {
  it.each([
    ['12', 12],
    [' 1 000 ', 1000],
    ['1e3', 1000],
    ['-0.5', -0.5],
    ['', undefined],
    ['twelve', 'twelve'],
    ['9007199254740993', '9007199254740993'],
  ])('%s is read', (text, value) => expect(numberOf(text)).toEqual(value));
});

describe('a day that is picked', () => {
  it.each([
    [false, undefined, '2026-01-31'],
    [true, undefined, '2026-01-31T00:00:00Z'],
    [true, '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z$', '2026-01-31T00:00:00.000Z'],
    [true, '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$', '2026-01-31T00:00:00'],
    [false, '^\\d{4}-\\d{2}$', '2026-01'],
  ])('is written as the connector wants it (%s, %s)', (isTime, pattern, text) => {
    expect(dated('2026-01-31', isTime, pattern)).toBe(text);
  });
});
