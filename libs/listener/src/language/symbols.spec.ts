import { describe, expect, it } from '@jest/globals';
import { characterOf, complementOf, setOf, symbolCount, symbolOf, symbolsByPreference } from './symbols.ts';

describe('symbols', () => {
  it('are visible ASCII and the space', () => {
    expect([symbolOf(' '), symbolOf('~'), symbolOf('\x1f'), symbolOf('\x7f'), symbolOf('é')]).toEqual([
      0,
      symbolCount - 1,
      undefined,
      undefined,
      undefined,
    ]);
    expect(characterOf(symbolOf('a') ?? -1)).toBe('a');
  });

  it('are each preferred once, letters first', () => {
    expect(symbolsByPreference.toSorted((one, other) => one - other)).toEqual([...Array(symbolCount).keys()]);
    expect(symbolsByPreference.slice(0, 3).map(characterOf)).toEqual(['a', 'b', 'c']);
  });

  it('make sets and their complements', () => {
    const set = setOf('ab');
    expect([...complementOf(set)].map((member, symbol) => member + (set[symbol] ?? 0))).toEqual(
      Array(symbolCount).fill(1),
    );
  });
});
