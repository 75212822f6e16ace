import { bitsOf, type IpAddress, type IpFamily, readIp } from './ip.ts';

/** The addresses from the first to the last, both included. */
export interface IpRange {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

/** Ranges that neither overlap nor touch, those of IPv4 first, ascending. */
export type IpSet = readonly IpRange[];

/** Every address that a peer can have: an IPv4 address in its IPv6 form counts as IPv4. */
export const everyIp: IpSet = subtract(
  [
    { family: 4, first: 0n, last: (1n << bitsOf[4]) - 1n },
    { family: 6, first: 0n, last: (1n << bitsOf[6]) - 1n },
  ],
  [{ family: 6, first: 0xffffn << 32n, last: (0x10000n << 32n) - 1n }],
);

/** The range of a network in CIDR notation, whatever its host bits are. @returns undefined when it is none */
export function readCidr(cidr: string): IpRange | undefined {
  const [network = '', prefix = '', ...rest] = cidr.split('/');
  const address = readIp(network);
  if (address === undefined || network.includes('%') || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  // An IPv4 network in its IPv6 form, `::ffff:192.0.2.0/120`, has 96 bits more.
  const length = address.family === 4 && network.includes(':') ? Number(prefix) - 96 : Number(prefix);
  const bits = bitsOf[address.family];
  if (length < 0 || BigInt(length) > bits) return undefined;
  const size = 1n << (bits - BigInt(length));
  const first = (address.number / size) * size;
  return { family: address.family, first, last: first + size - 1n };
}

export function hasIp(ranges: readonly IpRange[], { family, number }: IpAddress): boolean {
  return ranges.some((range) => range.family === family && range.first <= number && number <= range.last);
}

/** The addresses of the ranges, which may overlap, as a set. */
export function unite(ranges: readonly IpRange[]): IpSet {
  const sorted = ranges.toSorted((one, other) => one.family - other.family || (one.first < other.first ? -1 : 1));
  const united: IpRange[] = [];
  for (const range of sorted) {
    const previous = united.at(-1);
    if (previous !== undefined && previous.family === range.family && range.first <= previous.last + 1n) {
      united[united.length - 1] = { ...previous, last: previous.last > range.last ? previous.last : range.last };
    } else {
      united.push(range);
    }
  }
  return united;
}

export function intersect(one: readonly IpRange[], other: readonly IpRange[]): IpSet {
  return unite(
    one.flatMap((range) =>
      other.flatMap(({ family, first, last }) => {
        const low = first > range.first ? first : range.first;
        const high = last < range.last ? last : range.last;
        return family === range.family && low <= high ? [{ family, first: low, last: high }] : [];
      }),
    ),
  );
}

export function subtract(from: readonly IpRange[], what: readonly IpRange[]): IpSet {
  return what.reduce<IpSet>(
    (left, hole) =>
      left.flatMap((range) => {
        if (hole.family !== range.family || hole.last < range.first || hole.first > range.last) return [range];
        const below = { ...range, last: hole.first - 1n };
        const above = { ...range, first: hole.last + 1n };
        return [below, above].filter(({ first, last }) => first <= last);
      }),
    unite(from),
  );
}
