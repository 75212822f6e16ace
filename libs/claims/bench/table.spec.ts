import { describe, expect, it } from '@jest/globals';

import { type Rates, repeated } from './rounds.ts';
import { median, ratio, renderComparison } from './table.ts';

const rates: Rates = new Map([
  ['ours', [90, 45, 180]],
  ['theirs', [100, 50, 100]],
]);
const contenders = ['theirs', 'ours'].map((name) => repeated(name, () => undefined));

describe('ratio', () => {
  it('compares within a round, so that a slow round is slow for both', () => {
    expect(ratio(rates, 'ours', 'theirs')).toBe(0.9);
  });
});

describe('median', () => {
  it('is the middle of an odd number, and the upper middle of an even one', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(3);
  });
});

describe('renderComparison', () => {
  const cellsOf = (atLeast: number): string | undefined =>
    renderComparison({ subject: 'ours', contenders, limits: [{ peer: 'theirs', atLeast }] }, rates)
      .split('\n')
      .find((line) => line.startsWith('| theirs'));

  it('says whether a limit is met', () => {
    expect(cellsOf(0.9)).toBe('| theirs |  | 100 | 10000.0 | 0.90 | ≥ 0.90: met |');
    expect(cellsOf(0.95)).toBe('| theirs |  | 100 | 10000.0 | 0.90 | ≥ 0.95: **missed** |');
  });
});
