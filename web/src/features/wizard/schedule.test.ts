import { describe, expect, it } from 'vitest';
import { connectionOf, nameOf, startSettings } from './draft';

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
    expect(connectionOf(settings, [])).toEqual({
      name: 'Shop → Lake',
      configurations: { streams: [] },
      schedule: { scheduleType: 'cron', cronExpression: '0 20 10 * * ?' },
      namespaceDefinition: 'destination',
      nonBreakingSchemaUpdatesBehavior: 'propagate_columns',
      tags: [],
    });
  });
});
