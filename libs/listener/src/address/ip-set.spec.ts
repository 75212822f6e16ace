import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type IpAddress, readIp } from './ip.ts';
import { everyIp, hasIp, intersect, type IpRange, readCidr, subtract, unite } from './ip-set.ts';

const range = fc
  .tuple(fc.constantFrom(4 as const, 6 as const), fc.nat(12), fc.nat(4))
  .map(([family, first, length]): IpRange => ({ family, first: BigInt(first), last: BigInt(first + length) }));
const ranges = fc.array(range, { maxLength: 5 });

const world: readonly IpAddress[] = ([4, 6] as const).flatMap((family) =>
  Array.from({ length: 20 }, (_, number) => ({ family, number: BigInt(number) })),
);

describe('sets of addresses', () => {
  it('are united, intersected and subtracted as sets are', () => {
    fc.assert(
      fc.property(ranges, ranges, (one, other) => {
        for (const address of world) {
          const [inOne, inOther] = [hasIp(one, address), hasIp(other, address)];
          expect(hasIp(unite([...one, ...other]), address)).toBe(inOne || inOther);
          expect(hasIp(intersect(one, other), address)).toBe(inOne && inOther);
          expect(hasIp(subtract(one, other), address)).toBe(inOne && !inOther);
        }
      }),
    );
  });

  it('neither overlap nor touch', () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const set = unite(some);
        for (const [index, { family, first }] of set.entries()) {
          const previous = set[index - 1];
          if (previous?.family === family) expect(first).toBeGreaterThan(previous.last + 1n);
        }
      }),
    );
  });

  it('hold no IPv6 form of an IPv4 address', () => {
    expect(hasIp(everyIp, { family: 6, number: (0xffffn << 32n) + 5n })).toBe(false);
    expect(
      ['0.0.0.0', '255.255.255.255', '::', 'ffff::'].map((text) => hasIp(everyIp, readIp(text) as IpAddress)),
    ).toEqual([true, true, true, true]);
  });
});

describe('readCidr', () => {
  it.each([
    ['192.0.2.7/24', { family: 4, first: 0xc0000200n, last: 0xc00002ffn }],
    ['0.0.0.0/0', { family: 4, first: 0n, last: 0xffffffffn }],
    ['::1/128', { family: 6, first: 1n, last: 1n }],
    ['::ffff:192.0.2.0/120', { family: 4, first: 0xc0000200n, last: 0xc00002ffn }],
  ])('%s', (cidr, expected) => {
    expect(readCidr(cidr)).toEqual(expected);
  });

  it.each(['', '192.0.2.0', '192.0.2.0/33', '::/129', '::ffff:1.2.3.4/95', 'a/8', '1.2.3.4/8/8', 'fe80::%a/10'])(
    '%j is none',
    (cidr) => {
      expect(readCidr(cidr)).toBeUndefined();
    },
  );
});
