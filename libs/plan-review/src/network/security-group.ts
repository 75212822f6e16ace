import { type Links } from '../plan/links.ts';
import { type ResourceChange } from '../plan/model.ts';
import { type Json } from '../plan/schema.ts';
import { isOpaque } from '../plan/unknown.ts';
import { parseCidr } from './ip-range.ts';
import { LAST_PORT, type Peer, type Permission } from './permission.ts';

/** A permission, and the resource that gives it. */
export interface Granted extends Permission {
  readonly by: ResourceChange;
}

/** What a security group lets through before and after, over all the resources that say so in all stacks. */
export interface SecurityGroup {
  /** `stack/address`, or its id where it is in none of the plans. */
  readonly name: string;
  readonly before: readonly Granted[];
  readonly after: readonly Granted[];
}

type Side = 'before' | 'after';

/** All security groups that the plans say something about. */
export function securityGroups(changes: readonly ResourceChange[], links: Links): readonly SecurityGroup[] {
  const groups = new Map<string, { readonly before: Granted[]; readonly after: Granted[] }>();
  const add = (name: string, side: Side, granted: readonly Granted[]): void => {
    const group = groups.get(name) ?? { before: [], after: [] };
    group[side].push(...granted);
    groups.set(name, group);
  };
  for (const change of changes) {
    if (change.mode !== 'managed') continue;
    for (const side of ['before', 'after'] as const) {
      const values = change[side];
      if (values === undefined) continue;
      if (change.type === 'aws_security_group' || change.type === 'aws_default_security_group') {
        add(`${change.stack}/${change.address}`, side, inlineRules(change, values, links));
      } else if (/^aws_(?:security_group_rule|vpc_security_group_(?:in|e)gress_rule)$/.test(change.type)) {
        const id = values['security_group_id'];
        const name = links.find(change.stack, id) ?? String(id);
        add(name, side, separateRule(change, values, links, name));
      }
    }
  }
  return [...groups].map(([name, sides]) => ({ name, ...sides }));
}

/**
 * The rules inside of the group itself. Where the configuration does not write them there, they are what AWS told when
 * it was last asked, of rules that are resources of their own.
 */
function inlineRules(change: ResourceChange, values: Json, links: Links): readonly Granted[] {
  return (['ingress', 'egress'] as const).flatMap((direction) => {
    if (change.written !== undefined && !(direction in change.written)) return [];
    const rules = values[direction];
    if (isOpaque(rules)) return [anything(change, direction, String(rules))];
    return (Array.isArray(rules) ? (rules as Json[]) : []).flatMap((rule) =>
      permissionsOf(rule, direction, rule['protocol'], {
        change,
        links,
        self: `${change.stack}/${change.address}`,
      }),
    );
  });
}

function separateRule(change: ResourceChange, values: Json, links: Links, self: string): readonly Granted[] {
  const direction =
    change.type === 'aws_security_group_rule'
      ? values['type'] === 'egress'
        ? 'egress'
        : 'ingress'
      : change.type.includes('ingress')
        ? 'ingress'
        : 'egress';
  return permissionsOf(values, direction, values['ip_protocol'] ?? values['protocol'], {
    change,
    links,
    self,
  });
}

interface Place {
  readonly change: ResourceChange;
  readonly links: Links;
  readonly self: string;
}

function permissionsOf(
  rule: Json,
  direction: Permission['direction'],
  written: unknown,
  place: Place,
): readonly Granted[] {
  const protocol = protocolOf(written);
  const [from, to] = portsOf(rule, protocol);
  return peersOf(rule, place).map((peer) => ({ direction, protocol, from, to, peer, by: place.change }));
}

/** Sources: EC2 API, IpPermission; the provider takes names and numbers. */
function protocolOf(value: unknown): string {
  const written = typeof value === 'string' || typeof value === 'number' ? String(value) : '-1';
  if (isOpaque(written) || ['-1', 'all'].includes(written.toLowerCase())) return 'all';
  return { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6' }[written] ?? written.toLowerCase();
}

function portsOf(rule: Json, protocol: string): readonly [number, number] {
  const [from, to] = [rule['from_port'], rule['to_port']];
  if (protocol === 'all' || typeof from !== 'number' || typeof to !== 'number' || from < 0) return [0, LAST_PORT];
  // -1 as the code of ICMP: all of them.
  return protocol.startsWith('icmp') ? [from, from] : [from, Math.max(from, to)];
}

function peersOf(rule: Json, { change, links, self }: Place): readonly Peer[] {
  const list = (...names: readonly string[]): readonly unknown[] =>
    names.flatMap((name) => {
      const value = rule[name];
      return Array.isArray(value)
        ? (value as unknown[])
        : value === null || value === undefined || value === ''
          ? []
          : [value];
    });
  const addresses = list('cidr_blocks', 'ipv6_cidr_blocks', 'cidr_ipv4', 'cidr_ipv6').map((cidr): Peer => {
    const range = typeof cidr === 'string' ? parseCidr(cidr) : undefined;
    return range === undefined ? { kind: 'unknown', text: String(cidr) } : { kind: 'addresses', range };
  });
  const named = list(
    'security_groups',
    'source_security_group_id',
    'referenced_security_group_id',
    'prefix_list_ids',
    'prefix_list_id',
  ).map((id): Peer => {
    const found = links.find(change.stack, id);
    if (found !== undefined) return { kind: 'named', name: found };
    return isOpaque(id) ? { kind: 'unknown', text: String(id) } : { kind: 'named', name: String(id) };
  });
  return [...addresses, ...named, ...(rule['self'] === true ? [{ kind: 'named', name: self } as const] : [])];
}

function anything(change: ResourceChange, direction: Permission['direction'], text: string): Granted {
  return { direction, protocol: 'all', from: 0, to: LAST_PORT, peer: { kind: 'unknown', text }, by: change };
}
