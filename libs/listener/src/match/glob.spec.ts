import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileGlob, countWildcards, type Escapes } from './glob.ts';

/** The definition, by trying every split. */
function oracle(pattern: string, text: string, escapes: Escapes): boolean {
  const head = pattern.charAt(0);
  const next = pattern.charAt(1);
  if (pattern === '') return text === '';
  if (escapes === 'escaped' && head === '\\' && (next === '*' || next === '?')) {
    return text.charAt(0) === next && oracle(pattern.slice(2), text.slice(1), escapes);
  }
  if (head === '*') {
    return oracle(pattern.slice(1), text, escapes) || (text !== '' && oracle(pattern, text.slice(1), escapes));
  }
  if (text === '') return false;
  return (head === '?' || head === text.charAt(0)) && oracle(pattern.slice(1), text.slice(1), escapes);
}

describe('compileGlob', () => {
  it.each([
    ['/a', '/a', true],
    ['/a', '/A', false],
    ['/a', '/a/', false],
    ['', '', true],
    ['*', '', true],
    ['/a/*', '/a/', true],
    ['/a/*', '/a', false],
    ['?', '', false],
    ['?', 'ab', false],
    ['/?/b', '/a/b', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', '.example.com', true],
    ['*a*b', 'ab', true],
    ['*ab', 'aab', true],
    ['a**b', 'ab', true],
    ['a.c', 'abc', false],
    ['[ab]', 'a', false],
    ['a\\*', 'a*', false],
    ['a\\*', 'a\\xyz', true],
  ])('%j against %j: %s', (pattern, text, expected) => {
    expect(compileGlob(pattern, 'plain')(text)).toBe(expected);
  });

  it.each([
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', false],
    ['a\\*', 'a\\b', false],
    ['\\??', '?x', true],
    ['\\??', 'xx', false],
    ['a\\b', 'a\\b', true],
    ['a\\', 'a\\', true],
  ])('%j, with escapes, against %j: %s', (pattern, text, expected) => {
    expect(compileGlob(pattern, 'escaped')(text)).toBe(expected);
  });

  it.each(['plain', 'escaped'] as const)('agrees with the definition, %s', (escapes) => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\'), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (aPattern, aText) => {
        expect(compileGlob(aPattern, escapes)(aText)).toBe(oracle(aPattern, aText, escapes));
      }),
      { numRuns: 10_000 },
    );
  });

  it('matches every text made from the pattern', () => {
    const parts = fc.array(
      fc.tuple(fc.constantFrom('*', '?', 'ab', 'a'), fc.string({ unit: fc.constantFrom('a', 'b') })),
    );
    fc.assert(
      fc.property(parts, (chosen) => {
        const pattern = chosen.map(([element]) => element).join('');
        const text = chosen.map(([element, any]) => (element === '*' ? any : element === '?' ? 'x' : element)).join('');
        expect(compileGlob(pattern, 'plain')(text)).toBe(true);
      }),
    );
  });

  it.each(['*a*a*a*a*b', `*${'a'.repeat(126)}b`, `*${'a?'.repeat(63)}b`])(
    'takes no more than text times pattern: %s',
    (pattern) => {
      const test = compileGlob(pattern, 'plain');
      const text = 'a'.repeat(65_536);
      const start = performance.now();
      expect(test(text)).toBe(false);
      // 8 million steps at most: tens of milliseconds. Backtracking takes years for the first, so the bound can be wide.
      expect(performance.now() - start).toBeLessThan(2000);
    },
  );
});

describe('countWildcards', () => {
  it.each([
    ['/a', 'plain', 0],
    ['*.?*', 'plain', 3],
    ['\\*', 'plain', 1],
    ['\\*\\??', 'escaped', 1],
  ] as const)('%j, %s: %i', (pattern, escapes, expected) => {
    expect(countWildcards(pattern, escapes)).toBe(expected);
  });
});
