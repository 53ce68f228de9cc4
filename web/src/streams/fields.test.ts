import { describe, expect, it } from 'vitest';
import type { CatalogEntry } from '../api/schema';
import { edited, editsOf, wishesOf, type StreamConfiguration } from './edits';
import { openKey, rowsOf } from './rows';
import { isHashed, partsOf } from './shaping';
import { prefixOf } from './Written';
import { configured, keyOf, meaning, toggleField, togglePart, workOnFields, type Choice } from './streams';

const people: CatalogEntry = {
  name: 'people',
  fieldCount: 4,
  isIncremental: false,
  hasOwnCursor: false,
  primaryKey: [['id']],
  fields: [
    ['id', 'int64'],
    ['email', 'string'],
    ['email_old', 'string'],
    ['home', 'array<object<city: string, geo: object<lat: float64>>>'],
  ],
  inner: [
    { path: ['home', 'city'], type: 'string' },
    { path: ['home', 'geo'], type: 'object<lat: float64>' },
    { path: ['home', 'geo', 'lat'], type: 'float64' },
  ],
};
const whole: Choice = { mode: 'full_refresh_overwrite_deduped' };
const configuredAs = (choice: Choice) =>
  configured([people], { intent: 'replicate', way: 'changes', chosen: { [keyOf(people)]: choice } })[0];

describe('fields inside of fields', () => {
  it('are rows of their own once what they are in is open', () => {
    const paths = (open: string[]) =>
      rowsOf([people], new Set([openKey(people), ...open])).flatMap((row) =>
        row.kind === 'field' ? [row.path.join('.')] : [],
      );
    expect(paths([])).toEqual(['id', 'email', 'email_old', 'home']);
    expect(paths([openKey(people, ['home'])])).toContain('home.geo');
    expect(paths([openKey(people, ['home'])])).not.toContain('home.geo.lat');
    expect(paths([openKey(people, ['home']), openKey(people, ['home', 'geo'])])).toContain('home.geo.lat');
  });

  it('are left out by a mapper, and the field goes with the last of them', () => {
    const cut = togglePart(people, whole, 'home', ['geo']);
    expect(configuredAs(cut)).toMatchObject({
      mappers: [{ type: 'field-selection', mapperConfiguration: { targetField: 'home', paths: [['city']] } }],
    });
    const gone = togglePart(people, cut, 'home', ['city']);
    expect(gone.fields).toEqual(['id', 'email', 'email_old']);
    expect(gone.mappers).toEqual([]);
  });
});

describe('many fields at once', () => {
  it('are those that a pattern means', () => {
    const meant = (pattern: string) =>
      ['email', 'email_old', 'home'].filter(meaning(pattern) ?? (() => false));
    expect(meant('EMAIL')).toEqual(['email', 'email_old']);
    expect(meant('*mail')).toEqual(['email']);
    expect(meant('/^h/')).toEqual(['home']);
    expect(meant('e.*')).toEqual([]);
    expect(meaning('/(/')).toBeUndefined();
    expect(meaning(' ')).toBeUndefined();
  });

  it('leave their key, and at least one, where they are', () => {
    const isMail = meaning('email*') ?? (() => false);
    const without = workOnFields(people, whole, isMail, 'exclude');
    expect(without?.fields).toEqual(['id', 'home']);
    expect(workOnFields(people, without ?? whole, isMail, 'include')?.fields).toBeUndefined();
    expect(workOnFields(people, whole, (name) => name === 'id', 'exclude')).toBeUndefined();
    const keyless: Choice = { mode: 'full_refresh_append' };
    expect(workOnFields(people, keyless, () => true, 'exclude')).toBeUndefined();
  });

  it('are hashed, and no longer once they do not come along', () => {
    const hashed = workOnFields(people, whole, (name) => name !== 'home', 'hash') ?? whole;
    expect(['id', 'email', 'email_old'].filter((name) => isHashed(hashed.mappers ?? [], name))).toEqual([
      'email',
      'email_old',
    ]);
    expect(toggleField(people, hashed, 'email').mappers).toHaveLength(1);
  });
});

describe('mappers of a connection that is there', () => {
  const before: StreamConfiguration[] = [
    {
      name: 'people',
      syncMode: 'incremental_deduped_history',
      primaryKey: [['id']],
      mappers: [
        { type: 'field-selection', mapperConfiguration: { targetField: 'home', paths: [['city']] } },
        { type: 'encryption', mapperConfiguration: { targetField: 'email', key: '**********' } },
      ] as never,
    },
  ];

  it('stay as they are, and a change is told and a refresh advised', () => {
    const wishes = wishesOf(before);
    const choice = wishes.chosen[keyOf(people)] ?? whole;
    expect(partsOf(choice.mappers ?? [], 'home')).toEqual([['city']]);
    const after = edited(before, [people], {
      ...wishes,
      chosen: { [keyOf(people)]: togglePart(people, choice, 'home', ['geo']) },
    });
    expect(after[0]?.mappers).toEqual(before[0]?.mappers?.slice(1));
    const [edit] = editsOf(before, after);
    expect(edit?.parts.map(({ part }) => part)).toEqual(['mappers']);
    expect(edit?.advised).toBe('keep');
    expect(JSON.stringify(edit)).not.toContain('****');
  });

  it('come back with a stream that was taken out and in again', () => {
    const wishes = wishesOf(before);
    const again = {
      ...wishes,
      chosen: { [keyOf(people)]: { mode: 'incremental_deduped_history' as const } },
    };
    expect(edited(before, [people], again)[0]?.mappers).toEqual(before[0]?.mappers);
  });
});

describe('a prefix for tables of their own', () => {
  it('is made of a name, and another where it is in use', () => {
    expect(prefixOf('Shop (EU) – old', '')).toBe('shop_eu_old_');
    expect(prefixOf('Shop', 'shop_')).toBe('shop_2_');
    expect(prefixOf('→', '')).toBe('other_');
  });
});
