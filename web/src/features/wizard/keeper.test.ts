import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Keeper } from './keeper';

describe('keeping what is entered', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('happens once, some time after the last change, from the version that was seen', async () => {
    const save = vi.fn((version: number) => Promise.resolve(version + 1));
    const keeper = new Keeper('a', 3, 0, save, () => false);
    keeper.change('b');
    await vi.advanceTimersByTimeAsync(700);
    keeper.change('c');
    await vi.advanceTimersByTimeAsync(700);
    expect(save).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    keeper.change('d');
    await keeper.flush();
    expect(save.mock.calls).toEqual([
      [3, 'c'],
      [4, 'd'],
    ]);
    expect(keeper.keeping.state).toBe('kept');
  });

  it('is tried again with the next change after a failure', async () => {
    const save = vi
      .fn<(version: number) => Promise<number>>()
      .mockRejectedValueOnce(new Error('no'))
      .mockResolvedValue(2);
    const keeper = new Keeper('a', 1, 0, save, () => false);
    keeper.change('b');
    await keeper.flush();
    expect(keeper.keeping.state).toBe('failed');
    await keeper.flush();
    expect(keeper.keeping.state).toBe('kept');
    expect(save).toHaveBeenCalledTimes(2);
  });

  it('stops where somebody else has changed it: nothing of theirs is written over', async () => {
    const save = vi.fn(() => Promise.reject(new Error('409')));
    const keeper = new Keeper('a', 1, 0, save, () => true);
    keeper.change('b');
    await keeper.flush();
    keeper.change('c');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(save).toHaveBeenCalledTimes(1);
    expect(keeper.keeping.state).toBe('conflict');
  });
});
