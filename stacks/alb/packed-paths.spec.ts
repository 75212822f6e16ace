import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { packed } from './packed-paths.ts';

describe('packed', () => {
  it('makes no rule of no path', () => {
    expect(packed('public', 1, [])).toEqual([]);
  });

  it('has every path once, at most three a rule, with priorities and ids of their own', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.webPath(), { maxLength: 40 }), (paths) => {
        const rules = packed('public', 7, paths);
        expect(rules.flatMap((rule) => rule.paths)).toEqual(paths);
        expect(rules.every((rule) => rule.paths.length >= 1 && rule.paths.length <= 3)).toBe(true);
        expect(rules.map(({ priority }) => priority)).toEqual(rules.map((_, index) => index + 7));
        expect(new Set(rules.map(({ logicalId }) => logicalId)).size).toBe(rules.length);
      }),
    );
  });
});
