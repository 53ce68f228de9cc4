import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { catalogue } from './i18n';
import { EN } from './messages';
import { pseudo } from './pseudo';

describe('the catalogue', () => {
  it('makes a language of accents and leaves what programs read', () => {
    expect(pseudo('Save {name}')).toBe('[Šáṽé {name}····]');
    expect(pseudo('{n, plural, one {# row} other {# rows}}')).toContain('{# ŕóŵ} other {# ŕóŵš}');
    expect(pseudo('a <b>big</b> x')).toContain('<b>ƀíĝ</b>');
  });

  it('has no id twice', () => {
    const files = import.meta.glob<Record<string, string>>('./en/*.json', { eager: true, import: 'default' });
    const ids = Object.values(files).flatMap((file) => Object.keys(file));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length, 'a file of en/ is missing in messages.ts').toBe(Object.keys(EN).length);
  });

  for (const locale of ['en', 'pseudo'] as const) {
    it(`can be said in ${locale}: no message is malformed`, () => {
      const problems: string[] = [];
      const intl = createIntl({
        locale: 'en',
        messages: catalogue(locale),
        onError: (problem) => problems.push(problem.message),
      });
      for (const [id, message] of Object.entries(EN)) {
        const values: Record<string, number | ((parts: string[]) => string)> = {};
        for (const [, name] of message.matchAll(/\{(\w+)/g)) {
          values[name ?? ''] = 3;
        }
        for (const [, name] of message.matchAll(/<(\w+)>/g)) {
          values[name ?? ''] = (parts) => parts.join('');
        }
        intl.formatMessage({ id }, values);
      }
      expect(problems).toEqual([]);
    });
  }
});
