import { describe, expect, it } from '@jest/globals';
import { Attempts } from './attempts.ts';

describe('Attempts', () => {
  it('locks after five, twice as long each time, for 15 minutes at most', () => {
    let now = 0;
    const attempts = new Attempts(() => now);
    for (let tries = 0; tries < 5; tries++) expect(attempts.begin('ada')).toBe(true);
    const locks: number[] = [];
    for (let round = 0; round < 13; round++) {
      const start = now;
      while (!attempts.begin('ada')) now += 1000;
      locks.push((now - start) / 1000);
    }
    expect(locks).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it('locks each name by itself, and none that succeeded', () => {
    const attempts = new Attempts(() => 0);
    for (let tries = 0; tries < 5; tries++) attempts.begin('ada');
    expect(attempts.begin('ada')).toBe(false);
    expect(attempts.begin('bob')).toBe(true);
    for (let tries = 0; tries < 20; tries++) {
      expect(attempts.begin('eve')).toBe(true);
      attempts.succeeded('eve');
    }
  });

  it('forgets after a quarter of an hour', () => {
    let now = 0;
    const attempts = new Attempts(() => now);
    for (let tries = 0; tries < 5; tries++) attempts.begin('ada');
    now = 902_000;
    for (let tries = 0; tries < 4; tries++) expect(attempts.begin('ada')).toBe(true);
  });

  it('counts many at once, though none has failed yet', () => {
    const attempts = new Attempts(() => 0);
    const begun = Array.from({ length: 100 }, () => attempts.begin('ada'));
    expect(begun.filter(Boolean).length).toBe(5);
  });

  it('does not grow with names that are made up', () => {
    const attempts = new Attempts(() => 0);
    for (let tries = 0; tries < 5; tries++) attempts.begin('first');
    for (let name = 0; name < 50_000; name++) attempts.begin(`name ${name}`);
    expect(attempts.begin('first')).toBe(true);
  });
});
