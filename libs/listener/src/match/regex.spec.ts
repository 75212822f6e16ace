import { describe, expect, it } from '@jest/globals';
import { compileRegex } from './regex.ts';

describe('compileRegex', () => {
  it('tests whole texts', () => {
    const test = compileRegex('^/(api|v[0-9]+)/', 'sensitive');
    expect(['/api/x', '/v12/', '/v/', '/API/'].map(test)).toEqual([true, true, false, false]);
  });

  it('goes on when it has met more states than it remembers', () => {
    const test = compileRegex('(a|b)*a(a|b){15}$', 'sensitive');
    const noise = (seed: number): string =>
      Array.from({ length: 4000 }, () => ((seed = (seed * 48_271) % 2_147_483_647) % 2 === 0 ? 'a' : 'b')).join('');
    for (let seed = 1; seed < 7; seed += 1) {
      const text = noise(seed);
      expect(test(text)).toBe(text.at(-16) === 'a');
    }
  });
});
