import { describe, expect, it } from '@jest/globals';
import { Automaton } from './automaton.ts';
import { BudgetExceeded } from './budget.ts';
import { anyText, choice, emptyText, sequence, text } from './expression.ts';
import { expressionOfRegex } from './from-regex.ts';
import { symbolOf } from './symbols.ts';

const step = (automaton: Automaton, characters: string) =>
  [...characters].reduce((state, character) => automaton.step(state, symbolOf(character) ?? -1), automaton.start);

describe('Automaton', () => {
  it('accepts the texts of the expression', () => {
    const automaton = new Automaton(sequence(text('a'), choice(text('b'), emptyText), text('c')));
    expect(['abc', 'ac', 'ab', 'abcc', ''].map((one) => automaton.accepts(one))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('accepts nothing outside the alphabet', () => {
    expect(new Automaton(anyText).accepts('\u00e9')).toBe(false);
  });

  it('knows when no text can follow, and when every text can', () => {
    const automaton = new Automaton(sequence(text('/a'), anyText));
    expect([step(automaton, '/').dead, step(automaton, 'x').dead]).toEqual([false, true]);
    expect([step(automaton, '/').full, step(automaton, '/a').full, step(automaton, '/ab').full]).toEqual([
      false,
      true,
      true,
    ]);
    expect(new Automaton(sequence(anyText, text('a'))).start.full).toBe(false);
  });

  it('marks the symbols that lead elsewhere than the others', () => {
    const automaton = new Automaton(sequence(text('a'), anyText));
    expect(automaton.start.marks).toEqual([symbolOf('a')]);
    expect(step(automaton, 'a').marks).toEqual([]);
  });

  it('gives up on an expression with too many states', () => {
    const automaton = new Automaton(expressionOfRegex('^(a|b)*a(a|b){15}$', 'sensitive'));
    let state = automaton.start;
    expect(() => {
      for (let seed = 1; ; seed = (seed * 48_271) % 2_147_483_647) {
        state = automaton.step(state, symbolOf(seed % 2 === 0 ? 'a' : 'b') ?? -1);
        if (state.dead) state = automaton.start;
      }
    }).toThrow(BudgetExceeded);
  });
});
