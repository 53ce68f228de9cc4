/** How fast something goes, as a mean in which the last half minute counts most. */
export interface Pace {
  at: number;
  done: number;
  /** In a second; undefined before there are two looks. */
  rate: number | undefined;
}

const MEMORY = 30;

/** The pace after another look. Where less is done than before, something began anew, and so does the pace. */
export function paceAfter(before: Pace | undefined, at: number, done: number): Pace {
  if (before === undefined || done < before.done || at <= before.at) {
    return before !== undefined && done >= before.done ? before : { at, done, rate: undefined };
  }
  const seconds = (at - before.at) / 1_000;
  const now = (done - before.done) / seconds;
  const weight = 1 - Math.exp(-seconds / MEMORY);
  return { at, done, rate: before.rate === undefined ? now : before.rate + weight * (now - before.rate) };
}

export interface StreamProgress {
  done: number;
  expected: number | undefined;
  isEnded: boolean;
}

export type Estimate =
  | { kind: 'none' }
  /** More is done than was expected. */
  | { kind: 'longer' }
  | { kind: 'range'; low: number; high: number };

/** Before so many seconds nobody can say how long it takes. */
const SOON = 20;

/**
 * How long it still takes, as a range in seconds: only where each stream says how much it expects, after some time, and
 * while something moves. Never a number where there is no ground for one.
 */
export function estimate(streams: StreamProgress[], rate: number | undefined, elapsed: number): Estimate {
  const open = streams.filter((stream) => !stream.isEnded);
  if (open.length === 0 || open.some((stream) => stream.expected === undefined) || elapsed < SOON) {
    return { kind: 'none' };
  }
  if (open.some((stream) => stream.done > (stream.expected ?? 0))) {
    return { kind: 'longer' };
  }
  if (rate === undefined || rate <= 0) {
    return { kind: 'none' };
  }
  const left = open.reduce((sum, stream) => sum + ((stream.expected ?? 0) - stream.done), 0) / rate;
  return { kind: 'range', low: left * 0.85, high: left * 1.25 };
}

/** The share that is done, in percent; below 100 as long as anything is under way. */
export function share(streams: StreamProgress[]): number | undefined {
  if (streams.length === 0 || streams.some((stream) => !stream.isEnded && stream.expected === undefined)) {
    return undefined;
  }
  const expected = streams.reduce(
    (sum, stream) => sum + (stream.isEnded ? stream.done : Math.max(stream.done, stream.expected ?? 0)),
    0,
  );
  const done = streams.reduce((sum, stream) => sum + stream.done, 0);
  return expected === 0 ? undefined : Math.min(99, Math.floor((done / expected) * 100));
}
