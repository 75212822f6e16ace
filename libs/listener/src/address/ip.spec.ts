import { isIP } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatIp, readIp } from './ip.ts';

describe('readIp', () => {
  it.each([
    ['192.0.2.1', 4, 0xc0000201n],
    ['::1', 6, 1n],
    ['::', 6, 0n],
    ['2001:db8::1', 6, 0x20010db8_0000_0000_0000_0000_0000_0001n],
    ['1::', 6, 1n << 112n],
    ['::ffff:192.0.2.1', 4, 0xc0000201n],
    ['::ffff:c000:201', 4, 0xc0000201n],
    ['64:ff9b::192.0.2.1', 6, (0x64ff9bn << 96n) | 0xc0000201n],
    ['fe80::1%eth0', 6, (0xfe80n << 112n) | 1n],
  ])('%s', (text, family, number) => {
    expect(readIp(text)).toEqual({ family, number });
  });

  it.each(['', 'localhost', '1.2.3', '1.2.3.256', ':::', '1.2.3.4:80'])('%j is none', (text) => {
    expect(readIp(text)).toBeUndefined();
  });
});

describe('formatIp', () => {
  it.each(['192.0.2.1', '0.0.0.0', '::', '::1', '1::', '2001:db8::1', '2001:db8:0:1:1:1:1:1', '2001:0:0:1::1'])(
    'writes %s as it is canonical',
    (text) => {
      const address = readIp(text);
      expect(address && formatIp(address)).toBe(text);
    },
  );

  it('writes what is read as the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const address = readIp(text);
        const written = address && formatIp(address);
        expect(written && isIP(written)).toBe(address?.family);
        expect(written && readIp(written)).toEqual(address);
      }),
    );
  });
});
