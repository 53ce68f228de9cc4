import { describe, expect, it } from 'vitest';
import { connectionOf, nameOf, startSettings } from './draft';
import { cronOf, quartz, type Timing } from './schedule';

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
});

describe('a connection', () => {
  const document = {
    source: { sourceId: 's', name: 'Shop' },
    destination: { destinationId: 'd', name: 'Lake' },
    page: {},
  };

  it('is called by its two sides until somebody calls it otherwise', () => {
    expect(nameOf(document)).toBe('Shop → Lake');
    expect(nameOf({ page: {} })).toBe('');
  });

  it('is asked for as the public API takes it', () => {
    const settings = startSettings(document, new Date('2026-01-01T10:20:00Z'));
    expect(connectionOf(settings, [], { intent: 'replicate', way: 'changes', chosen: {} })).toEqual({
      name: 'Shop → Lake',
      configurations: { streams: [] },
      schedule: { scheduleType: 'cron', cronExpression: '0 20 10 * * ?' },
      namespaceDefinition: 'destination',
      nonBreakingSchemaUpdatesBehavior: 'propagate_columns',
      tags: [],
    });
  });
});
