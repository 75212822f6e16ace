import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Automaton } from './automaton.ts';
import { Budget, BudgetExceeded } from './budget.ts';
import { anyText } from './expression.ts';
import { expressionOfGlob } from './from-glob.ts';
import { expressionOfRegex } from './from-regex.ts';
import { type Question } from './product.ts';
import { isEmpty, shortestText } from './shortest.ts';

const glob = (pattern: string): Automaton => new Automaton(expressionOfGlob(pattern, 'plain'));

function question(within: readonly string[], outside: readonly string[], universe = new Automaton(anyText)): Question {
  return { universe, within: within.map(glob), outside: outside.map(glob) };
}

const budget = () => new Budget(1_000_000);

describe('shortestText', () => {
  it.each([
    [['*'], [], ''],
    [['/*'], ['/'], '/a'],
    [['/a*', '*b'], [], '/ab'],
    [['/a*', '/b*'], [], undefined],
    [['/?'], ['/a', '/b'], '/c'],
    [['a*'], ['a*'], undefined],
    [['a*'], ['ab*', 'a'], 'aa'],
    [['*x*', '*y*'], [], 'xy'],
  ])('in %j and not in %j: %j', (within, outside, expected) => {
    expect(shortestText(question(within, outside), budget())).toBe(expected);
    expect(isEmpty(question(within, outside), budget())).toBe(expected === undefined);
  });

  it('keeps to the universe', () => {
    const universe = new Automaton(expressionOfRegex('^x[yz]+$', 'sensitive'));
    expect(shortestText(question(['*'], ['xy'], universe), budget())).toBe('xz');
    expect(shortestText(question(['a*'], [], universe), budget())).toBeUndefined();
  });

  it('is the shortest of all, found by trying them', () => {
    const letters = ['a', 'b'];
    const texts = [''];
    for (let index = 0; index < 63; index += 1) texts.push(...letters.map((letter) => `${texts[index]}${letter}`));
    const universe = new Automaton(expressionOfRegex('^[ab]*$', 'sensitive'));
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
    const patterns = fc.array(pattern, { maxLength: 3 });
    fc.assert(
      fc.property(patterns, patterns, (within, outside) => {
        const asked = question(within, outside, universe);
        const tried = texts.find(
          (text) => asked.within.every((one) => one.accepts(text)) && !asked.outside.some((one) => one.accepts(text)),
        );
        const found = shortestText(asked, budget());
        if (tried !== undefined) expect(found).toBe(tried);
        else if (found !== undefined) expect(found.length).toBeGreaterThan(5);
        expect(isEmpty(asked, budget())).toBe(found === undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives up when it costs more than it may', () => {
    const costly = question(['*a?????b*'], ['*b?????a*']);
    expect(() => shortestText(costly, new Budget(20))).toThrow(BudgetExceeded);
    expect(() => isEmpty(costly, new Budget(20))).toThrow(BudgetExceeded);
  });
});
