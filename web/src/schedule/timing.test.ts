import { describe, expect, it } from 'vitest';
import { cronOf, INTERVALS, parted, quartz, timingOf, type Timing } from './timing';

const timing: Timing = { kind: 'interval', minutes: 60, hour: 17, minute: 42, cron: '' };

describe('a schedule', () => {
  it.each([
    [15, '0 12/15 * * * ?'],
    [30, '0 12/30 * * * ?'],
    [60, '0 42 0/1 * * ?'],
    [360, '0 42 5/6 * * ?'],
    [1440, '0 42 17 * * ?'],
  ])('of each %d minutes keeps to the minute it was made at', (minutes, cron) => {
    expect(cronOf({ ...timing, minutes })).toBe(cron);
  });

  it.each([
    ['0 6 * * 1-5', '0 0 6 ? * MON-FRI'],
    ['*/15 * * * *', '0 */15 * * * ?'],
    ['0 0 1 * *', '0 0 0 1 * ?'],
    ['0 0 * * 0', '0 0 0 ? * SUN'],
    ['0 0 * * 7', '0 0 0 ? * SUN'],
    ['0 0 6 * * ?', '0 0 6 * * ?'],
    ['nonsense', 'nonsense'],
  ])('of the cron of a machine, %s, is %s', (text, cron) => expect(quartz(text)).toBe(cron));

  it('is none where one starts by hand', () => expect(cronOf({ ...timing, kind: 'manual' })).toBeUndefined());

  it('comes back from what came of it', () => {
    const now = new Date('2026-01-01T17:42:00Z');
    for (const minutes of INTERVALS) {
      const cron = cronOf({ ...timing, minutes });
      const back = timingOf(cron, now);
      expect([back.kind, back.minutes, cronOf(back)]).toEqual(['interval', minutes, cron]);
    }
    expect(timingOf('0 0 6 ? * MON-FRI Europe/Vienna', now)).toMatchObject({
      kind: 'cron',
      cron: '0 0 6 ? * MON-FRI',
      zone: 'Europe/Vienna',
    });
    expect(timingOf('0 42 17 * * ? Europe/Vienna', now).kind).toBe('cron');
    expect(timingOf(undefined, now).kind).toBe('manual');
  });

  it('has its zone behind it, and no other last part is taken for one', () => {
    expect(cronOf({ ...timing, kind: 'cron', cron: '0 6 * * *', zone: 'America/New_York' })).toBe(
      '0 0 6 * * ? America/New_York',
    );
    expect(parted('0 0 6 * * ? UTC')).toEqual({ expression: '0 0 6 * * ?', zone: 'UTC' });
    expect(parted('0 0 6 ? * MON 2027')).toEqual({ expression: '0 0 6 ? * MON 2027', zone: 'UTC' });
    expect(parted('0 0 6 ? * MON').zone).toBe('UTC');
  });
});
