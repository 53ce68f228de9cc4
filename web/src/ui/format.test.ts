import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { format } from './format';

const say = format(createIntl({ locale: 'en', timeZone: 'UTC' }));
const NOW = new Date('2026-03-01T12:00:00Z');

describe('what people read', () => {
  it.each([
    [0, '0 B'],
    [1023, '1,023 B'],
    [1024, '1 KiB'],
    [1536 * 1024, '1.5 MiB'],
    [1024 ** 6 * 3, '3,072 PiB'],
  ])('%d bytes are %s', (value, words) => expect(say.bytes(value)).toBe(words));

  it.each([
    [0, '0 s'],
    [0.26, '0.3 s'],
    [9.5, '9.5 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [3_660, '1 h 1 min'],
    [90_000, '1 d 1 h'],
  ])('%d seconds last %s', (value, words) => expect(say.duration(value)).toBe(words));

  it.each([
    ['2026-03-01T12:00:00Z', 'now'],
    ['2026-03-01T11:57:00Z', '3 minutes ago'],
    ['2026-03-01T14:00:00Z', 'in 2 hours'],
    ['2026-02-28T12:00:00Z', 'yesterday'],
    ['2025-03-01T12:00:00Z', '12 months ago'],
  ])('%s is %s', (time, words) => expect(say.relative(time, NOW)).toBe(words));

  it('counts exactly in tables and shortly in cards', () => {
    expect(say.count(1_234_567)).toBe('1,234,567');
    expect(say.short(1_234_567)).toBe('1.2M');
  });
});
