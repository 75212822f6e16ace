import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { globCovers } from './glob.ts';

const matches = (pattern: string, text: string): boolean =>
  new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);

describe('globCovers', () => {
  it('never says that a pattern covers another whose texts it does not all match', () => {
    const pattern = fc.stringMatching(/^[ab*?]{0,6}$/);
    fc.assert(
      fc.property(pattern, pattern, fc.stringMatching(/^[ab]{0,6}$/), (one, other, text) => {
        if (globCovers(one, other) && matches(other, text)) expect(matches(one, text)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['*', 's3:*', true],
    ['s3:*', 's3:getobject', true],
    ['s3:get*', 's3:get*acl', true],
    ['s3:getobject', 's3:*', false],
    ['s3:?et*', 's3:getobject', true],
    ['a?', 'a*', false],
    ['', '', true],
  ])('%s over %s: %s', (pattern, other, expected) => {
    expect(globCovers(pattern, other)).toBe(expected);
  });

  it('is not slow on many stars', () => {
    const start = performance.now();
    expect(globCovers(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
