import { describe, expect, it } from 'vitest';
import { csv, datesFrom, monthly, totals } from './usageSums';

const one = (name: string, records: number) => ({
  connectionId: 'c',
  name,
  isDeleted: false,
  runs: 3,
  failed: 1,
  seconds: 90,
  records,
  bytes: records * 10,
  rejected: 0,
});

describe('usage', () => {
  it('adds up, and says what it would be in a month', () => {
    expect(totals([one('a', 5), one('b', 7)])).toEqual({ records: 12, bytes: 120 });
    expect(totals([])).toEqual({ records: 0, bytes: 0 });
    expect(monthly(70, 7)).toBe(300);
    expect(monthly(10, 90)).toBe(3);
  });

  it('has each day once, across the end of a month and a change of the clock', () => {
    expect(datesFrom('2026-02-27T00:00:00Z', 4)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    expect(new Set(datesFrom('2026-03-01T00:00:00Z', 90)).size).toBe(90);
  });

  it('is a file for spreadsheets in which names stay names', () => {
    expect(csv([one('Shop, "new"', 5), one('=HYPERLINK(1)', 7)]).split('\r\n')).toEqual([
      'connectionId,name,records,bytes,rejected,runs,failed,seconds',
      'c,"Shop, ""new""",5,50,0,3,1,90',
      "c,'=HYPERLINK(1),7,70,0,3,1,90",
      '',
    ]);
  });
});
