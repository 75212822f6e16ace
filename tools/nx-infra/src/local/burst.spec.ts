import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { Burst } from './burst.ts';

describe('Burst', () => {
  const runs: string[] = [];
  let finish: () => void;
  let burst: Burst;

  beforeEach(() => {
    jest.useFakeTimers();
    runs.length = 0;
    burst = new Burst((change) => {
      runs.push(change);
      return new Promise((resolve) => (finish = resolve));
    });
  });
  afterEach(() => void jest.useRealTimers());

  it('takes up changes that come close together once, the last of them', async () => {
    for (const change of ['a', 'b', 'c']) {
      burst.add(change);
      await jest.advanceTimersByTimeAsync(39);
    }
    expect(runs).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(runs).toEqual(['c']);
  });

  it('never runs twice at a time, and again for what came meanwhile', async () => {
    burst.add('a');
    await jest.advanceTimersByTimeAsync(40);
    burst.add('b');
    await jest.advanceTimersByTimeAsync(1000);
    expect(runs).toEqual(['a']);
    finish();
    await jest.advanceTimersByTimeAsync(0);
    expect(runs).toEqual(['a', 'b']);
  });

  it('waits at its end for the task that runs, and takes up nothing more', async () => {
    burst.add('a');
    await jest.advanceTimersByTimeAsync(40);
    burst.add('b');
    let closed = false;
    void burst.close().then(() => (closed = true));
    await jest.advanceTimersByTimeAsync(1000);
    expect(closed).toBe(false);
    finish();
    await jest.advanceTimersByTimeAsync(0);
    expect([closed, runs]).toEqual([true, ['a']]);
  });
});
