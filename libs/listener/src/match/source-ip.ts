import { type IpAddress } from '../address/ip.ts';
import { hasIp, readCidr } from '../address/ip-set.ts';
import { ListenerError } from '../errors.ts';

/**
 * A test of addresses against ranges in CIDR notation, IPv4 and IPv6. An IPv4 address is in no range of IPv6, not even in
 * `::/0`.
 *
 * @throws ListenerError `INVALID_SOURCE_IP` from the test, when the request's source is not an address
 */
export function compileSourceIp(
  ranges: readonly string[],
  ruleAddress: string,
): (address: IpAddress | undefined) => boolean {
  const read = ranges.flatMap((range) => readCidr(range) ?? []);
  return (address) => {
    if (address === undefined) {
      throw new ListenerError('INVALID_SOURCE_IP', ruleAddress, {
        what: 'The source address of the request is not an IP address',
        why: 'The rule cannot be judged, and passing over it could let the request in',
        mend: 'Pass the address of the TCP peer, as socket.remoteAddress gives it',
      });
    }
    return hasIp(read, address);
  };
}
