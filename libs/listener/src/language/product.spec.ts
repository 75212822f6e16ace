import { describe, expect, it } from '@jest/globals';
import { Automaton } from './automaton.ts';
import { Budget } from './budget.ts';
import { anyText, text } from './expression.ts';
import { expressionOfRegex } from './from-regex.ts';
import { Product } from './product.ts';
import { characterOf, symbolOf } from './symbols.ts';

const literal = (characters: string): Automaton => new Automaton(text(characters));

describe('Product', () => {
  it('accepts where those within do, and those outside do not', () => {
    const product = new Product(
      { universe: new Automaton(anyText), within: [literal('a')], outside: [literal('b')] },
      new Budget(100),
    );
    const after = product.step(product.start, symbolOf('a') ?? -1);
    expect([product.accepts(product.start), product.accepts(after)]).toEqual([false, true]);
    expect(product.isHopeless(product.step(product.start, symbolOf('b') ?? -1))).toBe(true);
  });

  it('tries the symbols that are told apart, and one of each sort of the others', () => {
    const universe = new Automaton(expressionOfRegex('^[a-y]|[0-9]0$', 'sensitive'));
    const product = new Product({ universe, within: [literal('c'), literal('z')], outside: [] }, new Budget(100));
    const sorts = product.symbols(product.start).map(characterOf);
    expect(sorts).toContain('c');
    expect(sorts).toContain('a');
    expect(sorts).toContain('0');
    expect(sorts.length).toBeLessThan(6);
  });

  it.each([1, 2, 3, 4])('has a key for each state, of %i automata', (count) => {
    const within = Array.from({ length: count }, (_, index) => literal('ab'.slice(index % 2)));
    const product = new Product({ universe: new Automaton(anyText), within, outside: [] }, new Budget(1000));
    const states = ['', 'a', 'b', 'ab', 'bb', 'aa'].map((characters) =>
      [...characters].reduce((reached, character) => product.step(reached, symbolOf(character) ?? -1), product.start),
    );
    const distinct = new Set(states.map((reached) => reached.map(({ id }) => id).join()));
    expect(distinct.size).toBeGreaterThan(2);
    expect(new Set(states.map((reached) => product.key(reached))).size).toBe(distinct.size);
  });
});
