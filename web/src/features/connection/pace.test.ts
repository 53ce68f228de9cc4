import { describe, expect, it } from 'vitest';
import { estimate, paceAfter, share } from './pace';

const stream = (done: number, expected: number | undefined, isEnded = false) => ({ done, expected, isEnded });

describe('the pace', () => {
  it('is unknown before two looks, and follows what happens', () => {
    const first = paceAfter(undefined, 0, 0);
    expect(first.rate).toBeUndefined();
    const second = paceAfter(first, 1_000, 100);
    expect(second.rate).toBe(100);
    const faster = paceAfter(second, 31_000, 100 + 30 * 1_000);
    expect(faster.rate).toBeGreaterThan(600);
    expect(faster.rate).toBeLessThan(1_000);
  });

  it('begins anew when less is done than before, and leaves a look at the same time alone', () => {
    const before = paceAfter(paceAfter(undefined, 0, 0), 1_000, 500);
    expect(paceAfter(before, 2_000, 10).rate).toBeUndefined();
    expect(paceAfter(before, 1_000, 600)).toBe(before);
  });
});

describe('the estimate', () => {
  it('is none without ground: too early, an unknown total, or nothing that moves', () => {
    expect(estimate([stream(10, 100)], 5, 19)).toEqual({ kind: 'none' });
    expect(estimate([stream(10, 100), stream(0, undefined)], 5, 60)).toEqual({ kind: 'none' });
    expect(estimate([stream(10, 100)], 0, 60)).toEqual({ kind: 'none' });
    expect(estimate([stream(10, 100)], undefined, 60)).toEqual({ kind: 'none' });
    expect(estimate([stream(100, 100, true)], 5, 60)).toEqual({ kind: 'none' });
  });

  it('is a range around what is left, and says when more came than was expected', () => {
    const left = estimate([stream(400, 1_000), stream(7, undefined, true)], 10, 40);
    expect(left).toEqual({ kind: 'range', low: 51, high: 75 });
    expect(estimate([stream(101, 100)], 10, 40)).toEqual({ kind: 'longer' });
  });
});

describe('the share', () => {
  it('is below 100 as long as it is asked for, whatever was expected', () => {
    expect(share([stream(100, 100)])).toBe(99);
    expect(share([stream(300, 100)])).toBe(99);
    expect(share([stream(50, 100), stream(100, undefined, true)])).toBe(75);
    expect(share([stream(50, undefined)])).toBeUndefined();
    expect(share([])).toBeUndefined();
  });
});
