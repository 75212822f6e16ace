import { describe, expect, it } from '@jest/globals';
import { Automaton } from './automaton.ts';
import { symbol } from './expression.ts';
import { repeated } from './repeated.ts';

describe('repeated', () => {
  it.each([
    [2, 3, [2, 3]],
    [0, 1, [0, 1]],
    [2, 2, [2]],
    [3, undefined, [3, 4, 5]],
  ])('from %s to %s times, lazily or not', (least, most, lengths) => {
    for (const lazy of [false, true]) {
      const automaton = new Automaton(repeated(symbol('a'), { least, most, lazy }));
      expect([0, 1, 2, 3, 4, 5].filter((length) => automaton.accepts('a'.repeat(length)))).toEqual(lengths);
    }
  });
});
