import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { VerifiedTokens } from './verified-tokens.ts';

const token = (index: number): string => `header.payload-${index}.signature-${index}`;

let now: number;
let cache: VerifiedTokens<string>;

beforeEach(() => {
  jest.useFakeTimers();
  now = 0;
  cache = new VerifiedTokens<string>(3000, () => now);
});
afterEach(() => {
  jest.useRealTimers();
});

describe('VerifiedTokens', () => {
  it('finds what was verified by the same strings', () => {
    cache.add(token(1), 'beside', 'alice', 1000);
    expect(cache.get(token(1), 'beside')).toBe('alice');
    expect(cache.get(Buffer.from(token(1)).toString(), 'beside')).toBe('alice');
  });

  // The first 4,000 are compared character by character, those after them by SHA-256.
  it.each([
    ['by its strings', 0],
    ['by its digest', 4000],
  ])('finds nothing else: an entry known %s', (_, before) => {
    const [one, other] = ['aaaa.bbbb.cccc', 'dddd'];
    const given = (): void => {
      cache = new VerifiedTokens<string>(5000, () => now);
      for (let i = 0; i < before; i += 1) cache.add(token(i), 'beside', 'bob', 1000);
      cache.add(one, other, 'alice', 1000);
    };
    const near = [...one].map((_letter, index) => `${one.slice(0, index)}x${one.slice(index + 1)}`);
    const cases = [
      ...near.map((text) => [text, other]),
      [one, 'dddx'],
      [one, ''],
      [one, `${other} `],
      [`${one} `, other],
      ['cccc', other],
      [`${one},${other}`, ''],
      ['', `${one},${other}`],
    ] as const;
    for (const [first, second] of cases) {
      given();
      expect(cache.get(first, second)).toBeUndefined();
      expect(cache.get(one, other)).toBe('alice');
    }
  });

  it('does not take one token for another of the same signature', () => {
    cache.add('a.b.s', 'beside', 'alice', 1000);
    cache.add('x.y.s', 'beside', 'bob', 1000);
    expect(cache.get('a.b.s', 'beside')).toBeUndefined();
    expect(cache.get('x.y.s', 'beside')).toBe('bob');
    expect(cache.size).toBe(1);
  });

  it('is exact about the end', () => {
    cache.add(token(1), 'beside', 'alice', 1000);
    now = 999;
    expect(cache.get(token(1), 'beside')).toBe('alice');
    now = 1000;
    expect(cache.get(token(1), 'beside')).toBeUndefined();
    cache.add(token(2), 'beside', 'bob', 1000);
    expect(cache.get(token(2), 'beside')).toBeUndefined();
  });

  it('keeps nothing beyond the end, and no timer without entries', () => {
    cache.add(token(1), 'beside', 'alice', 1000);
    cache.add(token(2), 'beside', 'bob', 3000);
    expect(jest.getTimerCount()).toBe(1);
    now = 1000;
    jest.advanceTimersByTime(1000);
    expect(cache.size).toBe(1);
    now = 3000;
    jest.advanceTimersByTime(1000);
    expect(cache.size).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
    cache.add(token(3), 'beside', 'carol', 4000);
    expect(cache.get(token(3), 'beside')).toBe('carol');
    expect(jest.getTimerCount()).toBe(1);
  });

  it('gives the strings of what expired to others, and knows all the same', () => {
    cache = new VerifiedTokens<string>(9000, () => now);
    for (let i = 0; i < 8000; i += 1) cache.add(token(i), 'beside', `user ${i}`, i < 4000 ? 1000 : 2000);
    now = 1000;
    jest.advanceTimersByTime(1000);
    expect(cache.size).toBe(4000);
    const found = (): unknown => Array.from({ length: 8000 }, (_, i) => cache.get(token(i), 'beside'));
    const expected = Array.from({ length: 8000 }, (_, i) => (i < 4000 ? undefined : `user ${i}`));
    expect(found()).toEqual(expected);
    expect(found()).toEqual(expected);
    expect(cache.get(token(5000), 'besidf')).toBeUndefined();
  });

  it('is bounded, and lets the oldest go', () => {
    for (let i = 0; i < 3500; i += 1) cache.add(token(i), 'beside', `user ${i}`, 1000);
    expect(cache.size).toBe(3000);
    expect(cache.get(token(499), 'beside')).toBeUndefined();
    expect(cache.get(token(500), 'beside')).toBe('user 500');
    expect(cache.get(token(3499), 'beside')).toBe('user 3499');
  });

  it('works where there is room for one', () => {
    const small = new VerifiedTokens<string>(1, () => now);
    small.add(token(1), 'beside', 'alice', 1000);
    small.add(token(1), 'other', 'alice', 1000);
    small.add(token(2), 'beside', 'bob', 1000);
    expect([small.size, small.get(token(1), 'other'), small.get(token(2), 'beside')]).toEqual([1, undefined, 'bob']);
  });
});
