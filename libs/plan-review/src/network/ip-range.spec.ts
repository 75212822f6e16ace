import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cidrsOf, formatIp, isEverywhere, isPublic, parseCidr } from './ip-range.ts';

describe('parseCidr', () => {
  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['192.0.2.1', '192.0.2.1/32'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['::/0', '::/0'],
    ['::ffff:192.0.2.1', '::ffff:c000:201/128'],
    ['fe80::1:0:0:1', 'fe80::1:0:0:1/128'],
  ])('reads %s as %s', (text, block) => {
    const range = parseCidr(text);
    expect(range && cidrsOf(range)).toEqual([block]);
  });

  it.each([
    '',
    'x',
    '10.0.0.0/33',
    '10.0.0/8',
    '256.0.0.0/8',
    '1::2::3',
    ':::',
    '2001:db8::/129',
    'sg-1',
    '1:2:3:4:5:6:7:8:9',
    '10.0.0.0/-1',
    'g::',
  ])('does not read %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });
});

describe('cidrsOf', () => {
  it('gives blocks that make up the range, and nothing more', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 0xffffffffn), fc.bigInt(0n, 0xffffffffn), (one, other) => {
        const [first, last] = one < other ? [one, other] : [other, one];
        let next = first;
        for (const block of cidrsOf({ family: 4, first, last })) {
          const range = parseCidr(block);
          expect(range?.first).toBe(next);
          next = (range?.last ?? 0n) + 1n;
        }
        expect(next).toBe(last + 1n);
      }),
    );
  });

  it('writes IPv6 addresses that are read as the same', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, (1n << 128n) - 1n), fc.nat(127), (address, zeros) => {
        const sparse = (address >> BigInt(zeros)) << BigInt(zeros);
        for (const each of [address, sparse]) expect(parseCidr(formatIp(6, each))?.first).toBe(each);
      }),
    );
  });
});

describe('isPublic', () => {
  it.each([
    ['10.0.0.0/8', false],
    ['10.0.0.0/7', true],
    ['172.31.0.0/16', false],
    ['172.32.0.0/16', true],
    ['fd00::/8', false],
    ['2000::/3', true],
    ['0.0.0.0/0', true],
  ])('%s: %s', (cidr, expected) => {
    const range = parseCidr(cidr);
    expect(range && isPublic(range)).toBe(expected);
  });
});

describe('isEverywhere', () => {
  it('is every address of a family, and no less', () => {
    expect(['0.0.0.0/0', '::/0', '0.0.0.0/1', '::/1'].map((cidr) => isEverywhere(parseCidr(cidr) as never))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
