import { afterEach, describe, expect, it, vi } from 'vitest';
import { EventParser, type ServerEvent } from './events';
import { follow, type LiveState } from './follow';

const TEXT =
  'retry: 1000\n\nid: 7\nevent: job\ndata: {"jobId":1}\n\n: \n\nevent: job\ndata: {"jobId":\ndata: 2}\n\n';

describe('a stream of events', () => {
  it('is the same in whatever pieces it arrives', () => {
    const whole = new EventParser().push(TEXT);
    expect(whole).toEqual([
      { id: '7', type: 'job', data: { jobId: 1 } },
      { id: '7', type: 'job', data: { jobId: 2 } },
    ]);
    for (let size = 1; size < TEXT.length; size++) {
      const parser = new EventParser();
      const found: ServerEvent[] = [];
      for (let at = 0; at < TEXT.length; at += size) {
        found.push(...parser.push(TEXT.slice(at, at + size)));
      }
      expect(found).toEqual(whole);
    }
  });

  it('skips what is no event of ours', () => {
    expect(new EventParser().push('data: <html>\n\ndata: {"a":1}\r\n\r\n')).toEqual([
      { id: '', type: 'message', data: { a: 1 } },
    ]);
  });
});

function answer(text: string): Response {
  return new Response(text, { status: 200, headers: { 'Content-Type': 'text/event-stream' } });
}

describe('following', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('comes back with the id of the last event when the connection ends or breaks', async () => {
    vi.useFakeTimers();
    const asked: (string | null)[] = [];
    const answers = [
      () => Promise.resolve(answer('id: 1\nevent: job\ndata: {"n":1}\n\n')),
      () => Promise.reject(new TypeError('network')),
      () => Promise.resolve(new Response('', { status: 502 })),
      () => Promise.resolve(answer('id: 2\nevent: job\ndata: {"n":2}\n\nid: 3\nevent: end\ndata: {}\n\n')),
    ];
    vi.stubGlobal('fetch', (_: string, init: RequestInit) => {
      asked.push(new Headers(init.headers).get('last-event-id'));
      return answers[asked.length - 1]?.() ?? Promise.reject(new Error('not expected'));
    });
    const seen: unknown[] = [];
    const states: LiveState[] = [];
    follow('/live', {
      onEvent: (event) => seen.push(event.data),
      onState: (state) => states.push(state),
      isLast: (event) => event.type === 'end',
    });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(seen).toEqual([{ n: 1 }, { n: 2 }, {}]);
    expect(asked).toEqual([null, '1', '1', '1']);
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'reconnecting', 'live']);
  });

  it('does not go on asking where it may not', async () => {
    const fetching = vi.fn(() => Promise.resolve(new Response('', { status: 403 })));
    vi.stubGlobal('fetch', fetching);
    const states: LiveState[] = [];
    follow('/live', { onEvent: () => undefined, onState: (state) => states.push(state) });
    await vi.waitFor(() => expect(states).toEqual(['connecting', 'refused']));
    expect(fetching).toHaveBeenCalledTimes(1);
  });
});
