import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileGlob } from '../match/glob.ts';
import { Automaton } from './automaton.ts';
import { expressionOfGlob } from './from-glob.ts';
import { setOf } from './symbols.ts';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\'), maxLength: 6 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '\\'), maxLength: 6 });

describe('expressionOfGlob', () => {
  it.each(['plain', 'escaped'] as const)('is the language that the matcher knows, %s', (escapes) => {
    fc.assert(
      fc.property(pattern, fc.array(text, { maxLength: 10 }), (written, texts) => {
        const automaton = new Automaton(expressionOfGlob(written, escapes));
        const test = compileGlob(written, escapes);
        expect(texts.map((one) => automaton.accepts(one))).toEqual(texts.map(test));
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps to the symbols it is given', () => {
    const automaton = new Automaton(expressionOfGlob('*b?', 'plain', setOf('ab')));
    expect(['ba', 'aba', 'cba', 'bc'].map((one) => automaton.accepts(one))).toEqual([true, true, false, false]);
    expect(new Automaton(expressionOfGlob('c', 'plain', setOf('ab'))).accepts('c')).toBe(false);
  });
});
