import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readIp } from '../address/ip.ts';
import { thrown } from '../testdata/thrown.ts';
import { compileSourceIp } from './source-ip.ts';

function number(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

describe('compileSourceIp', () => {
  it.each([
    ['192.0.2.0/24', '192.0.2.255', true],
    ['192.0.2.0/24', '192.0.3.0', false],
    ['192.0.2.7/24', '192.0.2.200', true],
    ['192.0.2.7/32', '192.0.2.7', true],
    ['192.0.2.7/32', '192.0.2.8', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['192.0.2.0/24', '::ffff:192.0.2.1', true],
    ['192.0.2.0/24', '::ffff:c000:201', true],
    ['192.0.2.0/24', '::ffff:192.0.3.1', false],
    ['2001:db8::/32', '2001:0db8:ffff::1', true],
    ['2001:db8::/32', '2001:db9::1', false],
    ['::/0', '2001:db8::1', true],
    ['::/0', '192.0.2.1', false],
    ['::ffff:192.0.2.0/120', '192.0.2.1', true],
    ['fe80::/10', 'fe80::1%eth0', true],
  ])('%s holds %s: %s', (range, address, expected) => {
    expect(compileSourceIp([range], 'rule')(readIp(address))).toBe(expected);
  });

  it('takes any of the ranges', () => {
    const test = compileSourceIp(['192.0.2.0/24', '2001:db8::/32'], 'rule');
    expect(['192.0.2.1', '2001:db8::1', '198.51.100.1'].map((address) => test(readIp(address)))).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('agrees with the arithmetic of IPv4 prefixes', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (network, address, prefix) => {
        const size = 2 ** (32 - prefix);
        const same = Math.floor(number(network) / size) === Math.floor(number(address) / size);
        expect(compileSourceIp([`${network}/${prefix}`], 'rule')(readIp(address))).toBe(same);
      }),
    );
  });

  it.each(['', 'localhost', '192.0.2.1:443', '192.0.2.256', '/tmp/socket'])('refuses to judge %j', (address) => {
    const error = thrown(() => compileSourceIp(['192.0.2.0/24'], 'aws_lb_listener_rule.office')(readIp(address)));
    expect(error).toMatchObject({ code: 'INVALID_SOURCE_IP', address: 'aws_lb_listener_rule.office' });
  });
});
