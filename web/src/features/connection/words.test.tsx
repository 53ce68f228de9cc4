import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { format } from '../../ui/format';
import { EN } from '../../i18n/messages';
import type { Say } from '../../i18n/i18n';
import { words as left } from './LiveProgress';
import { made, moved, words } from '../../streams/mappers';
import { diffsOf } from './EventDiff';
import { streamWord } from './StreamTable';
import { eventDetails, eventWords } from './TimelineTab';

const intl = createIntl({ locale: 'en', messages: EN });
const say: Say = (id, values) => intl.formatMessage({ id }, values);

describe('the word for a stream', () => {
  it('is the server’s, unless there is worse to say', () => {
    const rejected = { recordsRejected: 3 };
    expect(streamWord({ status: 'synced' }, undefined, false)).toBe('synced');
    expect(streamWord({ status: 'synced' }, rejected, false)).toBe('synced_with_rejects');
    expect(streamWord({ status: 'synced' }, rejected, false, false)).toBe('synced');
    expect(streamWord({ status: 'failed' }, rejected, false)).toBe('failed');
    expect(streamWord({ status: 'synced' }, rejected, true)).toBe('needs_review');
    expect(streamWord({ status: 'syncing' }, rejected, true)).toBe('syncing');
  });
});

describe('what is left of a run', () => {
  it('is never said more exactly than it is known', () => {
    expect(left(say, { kind: 'range', low: 5, high: 50 })).toBe('Less than a minute left.');
    expect(left(say, { kind: 'range', low: 370, high: 480 })).toBe('6–8 minutes left.');
    expect(left(say, { kind: 'range', low: 130, high: 118 })).toBe('About 2 minutes left.');
    expect(left(say, { kind: 'longer' })).toBe('It takes longer than estimated.');
  });
});

describe('an event', () => {
  it('is told in words with what there is to add', () => {
    expect(eventWords('SYNC_FAILED', say)).toBe('Sync failed');
    expect(eventWords('STATE_EDITED', say)).toBe('State edited');
    expect(eventWords('SOMETHING_NEW', say)).toBe('SOMETHING_NEW');
    const summary = {
      recordsLoaded: 1,
      bytesLoaded: 2048,
      recordsRejected: 2,
      startTimeEpochSeconds: 10,
      endTimeEpochSeconds: 75,
      failureReason: { message: 'it broke' },
    };
    expect(eventDetails(summary, say, format(intl))).toEqual([
      '1 record loaded',
      '2 KiB',
      '2 rejected',
      '1 min 5 s',
      'it broke',
    ]);
    expect(eventDetails({ patch: { name: { from: 'a', to: 'b' } } }, say, format(intl))).toEqual([
      'name: a → b',
    ]);
  });
});

describe('a change of the source', () => {
  const change = { stream: 'orders', kind: 'changed', details: [{ words: 'a is new: int32' }] };
  it('is told stream by stream, also where somebody has looked at it', () => {
    const told = { stream: 'orders', kind: 'changed', details: ['a is new: int32'] };
    expect(diffsOf({ count: 1, streams: [change] })).toEqual([{ ...told, verdict: undefined }]);
    expect(
      diffsOf({ accepted: { streams: [change] }, ignored: { streams: [{ ...change, kind: 'added' }] } }),
    ).toEqual([
      { ...told, verdict: 'accepted' },
      { ...told, kind: 'added', verdict: 'ignored' },
    ]);
  });
  it('is not what the streams of a run are', () => {
    expect(diffsOf({ streams: ['orders'] })).toEqual([]);
    expect(diffsOf({ streams: [{ stream: 'orders', kind: 'else' }] })).toEqual([]);
  });
});

describe('a mapper', () => {
  it('is made of what was entered and told in words', () => {
    expect(words(say, made('hashing', 'email', ''))).toBe('Hash email (SHA-256)');
    expect(words(say, made('field-renaming', 'a', 'b'))).toBe('Rename a to b');
    expect(words(say, made('row-filtering', '', 'x > 1'))).toBe('Keep rows where x > 1');
    expect(words(say, made('field-computing', 'y', 'x * 2'))).toBe('Compute y as x * 2');
    expect(words(say, made('field-filtering', 'z', ''))).toBe('Leave z out');
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  });
});
