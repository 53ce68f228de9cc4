import { EventParser, type ServerEvent } from './events';
import { problemOf } from './problem';
import { session } from './session';

/** How it is with the connection: events arrive, it is being restored, or the server has refused for good. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'refused';

export interface Following {
  /** What arrives. */
  onEvent: (event: ServerEvent) => void;
  onState?: (state: LiveState) => void;
  /** True for events after which there are no more: then it is not begun again. */
  isLast?: (event: ServerEvent) => boolean;
}

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

/**
 * Follows a stream of events until it is stopped. By fetch and not by EventSource, which cannot send the session. When the
 * connection breaks it comes back with the id of the last event, so that nothing is missed.
 */
export function follow(path: string, following: Following): () => void {
  const stop = new AbortController();
  void run(path, following, stop.signal);
  return () => stop.abort();
}

async function run(path: string, following: Following, signal: AbortSignal): Promise<void> {
  let last = '';
  let pause = FIRST_PAUSE;
  following.onState?.('connecting');
  while (!signal.aborted) {
    try {
      const response = await fetch(path, { headers: headers(last), signal });
      if (!response.ok || response.body === null) {
        if (response.status === 401) {
          session.end();
        }
        if (response.status >= 400 && response.status < 500 && response.status !== 429) {
          following.onState?.('refused');
          return;
        }
        throw problemOf(response.status, undefined);
      }
      following.onState?.('live');
      pause = FIRST_PAUSE;
      for await (const event of events(response.body, signal)) {
        last = event.id;
        following.onEvent(event);
        if (following.isLast?.(event)) {
          return;
        }
      }
      // The server ends streams in good order now and then; that is no trouble.
      await rest(100, signal);
    } catch {
      // Where it was stopped, the loop ends and the pause does not last.
      following.onState?.('reconnecting');
      await rest(pause, signal);
      pause = Math.min(pause * 2, LONGEST_PAUSE);
    }
  }
}

function headers(last: string): Record<string, string> {
  const token = session.token();
  return {
    Accept: 'text/event-stream',
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    ...(last === '' ? {} : { 'Last-Event-ID': last }),
  };
}

async function* events(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    while (!signal.aborted) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function rest(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, millis);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
    if (signal.aborted) {
      done();
    }
  });
}
