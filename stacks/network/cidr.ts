/** Bits of a subnet: 4,091 usable addresses, and sixteen subnets in a /16. */
const SUBNET_BITS = 20;

/**
 * Cuts a subnet out of a /16.
 *
 * @param range IPv4 range ending in `.0.0/16`
 * @param index which of the sixteen /20 subnets, from 0
 * @throws {RangeError} where there is no such subnet
 */
export function subnetRange(range: string, index: number): string {
  const match = /^(\d+\.\d+)\.0\.0\/16$/.exec(range);
  if (!match || !Number.isInteger(index) || index < 0 || index > 15) {
    throw new RangeError(`No subnet ${index} in ${range}: the range must end in .0.0/16 and has subnets 0 to 15.`);
  }
  return `${match[1]}.${index * 16}.0/${SUBNET_BITS}`;
}
