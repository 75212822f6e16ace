import { BlockList, isIP } from 'node:net';
import { ListenerError } from '../errors.ts';

/**
 * A test of addresses against ranges in CIDR notation, IPv4 and IPv6. An IPv4 peer that a dual-stack socket reports as
 * IPv6 (`::ffff:192.0.2.1`) is the IPv4 address it stands for.
 *
 * @throws ListenerError `INVALID_SOURCE_IP` from the test, when it is given something else than an address
 */
export function compileSourceIp(ranges: readonly string[], ruleAddress: string): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return (address) => {
    const unzoned = address.replace(/%.*$/, '');
    const version = isIP(unzoned);
    if (version === 0) {
      throw new ListenerError('INVALID_SOURCE_IP', ruleAddress, {
        what: 'The source address of the request is not an IP address',
        why: 'The rule cannot be judged, and passing over it could let the request in',
        mend: 'Pass the address of the TCP peer, as socket.remoteAddress gives it',
      });
    }
    return list.check(unzoned, version === 6 ? 'ipv6' : 'ipv4');
  };
}
