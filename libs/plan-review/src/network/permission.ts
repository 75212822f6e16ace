import { cidrsOf, type IpRange, isEverywhere } from './ip-range.ts';

/** Whom a rule of a security group is about. */
export type Peer =
  | { readonly kind: 'addresses'; readonly range: IpRange }
  /** A security group, or a list of prefixes: `stack/address` where it is in the review, or its id. */
  | { readonly kind: 'named'; readonly name: string }
  /** Not known before the apply, or kept back: it may be anybody. */
  | { readonly kind: 'unknown'; readonly text: string };

/** Traffic that a security group lets through. */
export interface Permission {
  readonly direction: 'ingress' | 'egress';
  /** `tcp`, `udp`, `icmp`, a number of IANA, or `all`. */
  readonly protocol: string;
  /** Ports; types of ICMP. */
  readonly from: number;
  readonly to: number;
  readonly peer: Peer;
}

export const LAST_PORT = 65_535;

/** What the first permissions let through that the others do not: exactly, over ports and addresses. */
export function permittedBeyond(
  permissions: readonly Permission[],
  others: readonly Permission[],
): readonly Permission[] {
  const beyond = permissions.flatMap((permission) =>
    others.reduce<readonly Permission[]>((left, other) => left.flatMap((part) => subtract(part, other)), [permission]),
  );
  // What two of them let through is said once.
  return beyond.reduce<readonly Permission[]>(
    (kept, part) => [
      ...kept,
      ...kept.reduce<readonly Permission[]>((left, other) => left.flatMap((each) => subtract(each, other)), [part]),
    ],
    [],
  );
}

/** What is left of the one without the other: up to four parts. */
function subtract(one: Permission, other: Permission): readonly Permission[] {
  if (one.direction !== other.direction || (other.protocol !== 'all' && one.protocol !== other.protocol)) return [one];
  if (one.from > other.to || one.to < other.from) return [one];
  const peers = subtractPeer(one.peer, other.peer);
  if (peers === undefined) return [one];
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
  return [
    ...(one.from < from ? [{ ...one, to: from - 1 }] : []),
    ...(one.to > to ? [{ ...one, from: to + 1 }] : []),
    ...peers.map((peer) => ({ ...one, from, to, peer })),
  ];
}

/** @returns undefined where they have nothing in common */
function subtractPeer(one: Peer, other: Peer): readonly Peer[] | undefined {
  if (one.kind === 'addresses' && other.kind === 'addresses') {
    const [mine, theirs] = [one.range, other.range];
    if (mine.family !== theirs.family || mine.first > theirs.last || mine.last < theirs.first) return undefined;
    return [
      ...(mine.first < theirs.first ? [{ ...mine, last: theirs.first - 1n }] : []),
      ...(mine.last > theirs.last ? [{ ...mine, first: theirs.last + 1n }] : []),
    ].map((range) => ({ kind: 'addresses', range }));
  }
  if (one.kind === 'named' && other.kind === 'named') return one.name === other.name ? [] : undefined;
  // The same reference to the same unknown is the same, whatever it will be.
  if (one.kind === 'unknown' && other.kind === 'unknown') return one.text === other.text ? [] : undefined;
  return undefined;
}

/** As `tcp 443 from anyone (0.0.0.0/0)`. */
export function describePermission({ direction, protocol, from, to, peer }: Permission): string {
  const all = from === 0 && to === LAST_PORT;
  const ports = all ? '' : from === to ? ` ${from}` : ` ${from}-${to}`;
  const what = protocol === 'all' ? 'all traffic' : `${protocol}${all ? ', any port' : ports}`;
  return `${what} ${direction === 'ingress' ? 'from' : 'to'} ${describePeer(peer)}`;
}

/** More blocks than this are a range. */
const MOST_BLOCKS = 4;

export function describePeer(peer: Peer): string {
  if (peer.kind === 'named') return peer.name;
  if (peer.kind === 'unknown') return `whatever ${peer.text} will be`;
  const blocks = cidrsOf(peer.range);
  if (isEverywhere(peer.range)) return `anyone (${blocks.join()})`;
  return blocks.length <= MOST_BLOCKS ? blocks.join(', ') : `${blocks[0]} to ${blocks.at(-1)}`;
}
