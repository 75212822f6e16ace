import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { subnetRange } from './cidr.ts';

/** First and last address of a range, as numbers. */
function span(range: string): readonly [number, number] {
  const [address, bits] = range.split('/');
  const first = (address ?? '').split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return [first, first + 2 ** (32 - Number(bits)) - 1];
}

describe('subnetRange', () => {
  it('cuts /20 subnets one after another', () => {
    expect(subnetRange('10.20.0.0/16', 0)).toBe('10.20.0.0/20');
    expect(subnetRange('10.20.0.0/16', 15)).toBe('10.20.240.0/20');
  });

  it('gives subnets that lie in the range and never overlap', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const index = fc.integer({ min: 0, max: 15 });
    fc.assert(
      fc.property(octet, octet, index, index, (a, b, one, other) => {
        fc.pre(one !== other);
        const range = `${a}.${b}.0.0/16`;
        const [[first, last], [from, to]] = [span(subnetRange(range, one)), span(subnetRange(range, other))];
        const [lowest, highest] = span(range);
        expect(last < from || to < first).toBe(true);
        expect(first >= lowest && last <= highest).toBe(true);
      }),
    );
  });

  it.each<[string, number]>([
    ['10.20.0.0/16', 16],
    ['10.20.0.0/16', -1],
    ['10.20.0.0/16', 0.5],
    ['10.20.0.0/24', 0],
    ['10.20.30.0/16', 0],
  ])('refuses %s, subnet %d', (range, index) => {
    expect(() => subnetRange(range, index)).toThrow(RangeError);
  });
});
