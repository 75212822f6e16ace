import { describe, expect, it } from '@jest/globals';
import { at } from './at.ts';

describe('at', () => {
  it.each([
    [{ a: 1 }, 'a', 1],
    [{ a: [{ b: 2 }, { b: 3 }] }, 'a.b', 2],
    [{ a: { b: 2 } }, 'a.b', 2],
    [{ a: [] }, 'a.b', undefined],
    [{ a: 'text' }, 'a.b', undefined],
    [undefined, 'a', undefined],
  ])('%j at %s is %j', (values, path, expected) => {
    expect(at(values, path)).toBe(expected);
  });
});
