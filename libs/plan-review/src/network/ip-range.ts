/** Addresses from the first to the last, of one family. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const bits = { 4: 32n, 6: 128n } as const;

/** The range of `10.0.0.0/8` or `2001:db8::/32`; undefined for what is neither. */
export function parseCidr(text: string): IpRange | undefined {
  const [address = '', length] = text.trim().split('/', 2);
  const family = address.includes(':') ? 6 : 4;
  const start = family === 4 ? parseV4(address) : parseV6(address);
  const prefix = length === undefined ? bits[family] : /^\d{1,3}$/.test(length) ? BigInt(length) : -1n;
  if (start === undefined || prefix < 0n || prefix > bits[family]) return undefined;
  const size = 1n << (bits[family] - prefix);
  const first = (start / size) * size;
  return { family, first, last: first + size - 1n };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n);
}

function parseV6(text: string): bigint | undefined {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (embedded !== null) {
    const v4 = parseV4(embedded[2] ?? '');
    return v4 === undefined
      ? undefined
      : parseV6(`${embedded[1]}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`);
  }
  const [left = '', right, more] = text.split('::');
  if (more !== undefined) return undefined;
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const [head, tail] = [groups(left), groups(right ?? '')];
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return all.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/** The fewest CIDR blocks that make up the range, in order. */
export function cidrsOf({ family, first, last }: IpRange): readonly string[] {
  const blocks: string[] = [];
  for (let start = first; start <= last;) {
    let size = 1n;
    let prefix = bits[family];
    while (prefix > 0n && start % (size * 2n) === 0n && start + size * 2n - 1n <= last) {
      size *= 2n;
      prefix -= 1n;
    }
    blocks.push(`${formatIp(family, start)}/${prefix}`);
    start += size;
  }
  return blocks;
}

export function formatIp(family: 4 | 6, address: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const [longest = ''] = (`:${groups.join(':')}:`.match(/(?::0)+(?=:)/g) ?? []).toSorted(
    (one, other) => other.length - one.length,
  );
  if (longest.length < 4) return groups.join(':');
  const [before = '', after = ''] = splitOnce(`:${groups.join(':')}:`, `${longest}:`);
  return `${before.replace(/^:/, '')}::${after.replace(/:$/, '')}`;
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return [text.slice(0, at), text.slice(at + separator.length)];
}

/** Not routed on the internet. Sources: RFC 1918, 6598, 3927, 1122, 4193, 4291. */
const reserved = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8']
  .concat(['fc00::/7', 'fe80::/10', '::1/128'])
  .flatMap((cidr) => parseCidr(cidr) ?? []);

/** Whether somebody on the internet may have an address of the range. */
export function isPublic(range: IpRange): boolean {
  return !reserved.some(
    (other) => other.family === range.family && other.first <= range.first && range.last <= other.last,
  );
}

/** Whether it is every address of its family. */
export function isEverywhere({ family, first, last }: IpRange): boolean {
  return first === 0n && last === (1n << bits[family]) - 1n;
}
