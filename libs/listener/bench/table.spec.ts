import { describe, expect, it } from '@jest/globals';
import { render } from './table.ts';

const measured = {
  name: 'paths',
  matchMicroseconds: 1.26,
  exposureMilliseconds: 499.6,
  editMilliseconds: 12,
  rewriteMilliseconds: 1001,
  regions: 101,
  undecided: 0,
};

describe('render', () => {
  it('puts the worst of each figure beside its limit', () => {
    const lines = render([measured, { ...measured, matchMicroseconds: 21 }]).split('\n');
    expect(lines[2]).toBe('| paths | 101 | 1.3 µs | 500 ms | 12 ms | 1001 ms | 0 |');
    expect(lines.at(-1)).toBe(
      '| **at most** |  | ≤ 20 µs: **missed** | ≤ 500 ms: met | ≤ 1000 ms: met | ≤ 1000 ms: **missed** |  |',
    );
  });
});
