import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { publicRules } from './public-rules.ts';

describe('publicRules', () => {
  it('makes no rule of no path', () => {
    expect(publicRules([])).toEqual([]);
  });

  it('has every path once, at most three a rule, with priorities and ids of their own', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.webPath(), { maxLength: 40 }), (paths) => {
        const rules = publicRules(paths);
        expect(rules.flatMap((rule) => rule.paths)).toEqual(paths);
        expect(rules.every((rule) => rule.paths.length >= 1 && rule.paths.length <= 3)).toBe(true);
        expect(rules.map(({ priority }) => priority)).toEqual(rules.map((_, index) => index + 1));
        expect(new Set(rules.map(({ logicalId }) => logicalId)).size).toBe(rules.length);
      }),
    );
  });
});
