import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Needles } from './needles.ts';

describe('Needles', () => {
  it('leaves none of them in a text', () => {
    const text = fc.stringMatching(/^[abAB]{8,14}$/);
    fc.assert(
      fc.property(
        fc.array(text, { maxLength: 4 }),
        fc.array(fc.oneof(text, fc.stringMatching(/^[abAB ]{0,9}$/))),
        (secrets, parts) => {
          const needles = new Needles();
          for (const secret of secrets) needles.add(secret, '-');
          const shown = needles.replaceIn(parts.join('')).toLowerCase();
          for (const secret of secrets) expect(shown).not.toContain(secret.toLowerCase());
        },
      ),
    );
  });

  it('takes the longest that fits, and leaves the rest as it was', () => {
    const needles = new Needles();
    needles.add('abcdefgh', 'short');
    needles.add('abcdefghij', 'long');
    expect(needles.replaceIn('X ABCDEFGHIJ abcdefghi Y')).toBe('X long shorti Y');
  });

  it('does not look for what occurs in everything', () => {
    const needles = new Needles();
    needles.add('abc', 'never');
    expect(needles.replaceIn('abc')).toBe('abc');
  });
});
