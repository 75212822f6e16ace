import { isIP } from 'node:net';

/** An IP address as a number of its family: 32 bits, or 128. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly number: bigint;
}

export type IpFamily = 4 | 6;

export const bitsOf = { 4: 32n, 6: 128n } as const;

/** `::ffff:0:0/96`: how a dual-stack socket reports IPv4 peers (RFC 4291 section 2.5.5.2). */
const mapped = 0xffffn << 32n;

/**
 * Reads an address. A zone (`%eth0`) is left out; an IPv4 address in its IPv6 form is the IPv4 address it stands for.
 *
 * @returns undefined when it is none
 */
export function readIp(text: string): IpAddress | undefined {
  const unzoned = text.replace(/%.*$/, '');
  switch (isIP(unzoned)) {
    case 4:
      return { family: 4, number: readV4(unzoned) };
    case 6: {
      const number = readV6(unzoned);
      return number >> 32n === mapped >> 32n ? { family: 4, number: number & 0xffff_ffffn } : { family: 6, number };
    }
    default:
      return undefined;
  }
}

function readV4(text: string): bigint {
  return BigInt(text.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0));
}

function readV6(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted !== null) {
    const last = readV4(dotted[2] ?? '');
    return readV6(`${dotted[1]}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`);
  }
  const [before = '', after] = text.split('::');
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const head = groups(before);
  const tail = groups(after ?? '');
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array.from({ length: zeros }, () => '0'), ...tail].reduce(
    (sum, group) => (sum << 16n) | BigInt(`0x${group}`),
    0n,
  );
}

/** In the canonical form: dotted, or RFC 5952. */
export function formatIp({ family, number }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((number >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (number >> BigInt(112 - 16 * index)) & 0xffffn);
  const written = groups.map((group) => group.toString(16)).join(':');
  const zeros = [...written.matchAll(/(?:^|(?<=:))0(?::0)+(?=:|$)/g)].sort(
    (one, other) => other[0].length - one[0].length || one.index - other.index,
  )[0];
  if (zeros === undefined) return written;
  const before = written.slice(0, zeros.index).replace(/:$/, '');
  const after = written.slice(zeros.index + zeros[0].length).replace(/^:/, '');
  return `${before}::${after}`;
}
