import { type Block, blocks, type Resource } from '../terraform/synthesized.ts';
import { ofTypes, type System } from './invariant.ts';
import { EGRESS_RULES, INGRESS_RULES, MIXED_RULES, SECURITY_GROUPS } from './types.ts';

/** Which way a rule opens a security group. */
export type Direction = 'ingress' | 'egress';

/** One opening of a security group, in whichever of the provider's three forms it is written. */
export interface Opening {
  readonly address: string;
  readonly stack: string;
  /** Address of the group that is opened; undefined where that cannot be told. */
  readonly group: string | undefined;
  /** The groups on the other side, as written; empty where the other side is no group. */
  readonly peerGroups: readonly unknown[];
  /** The IPv4 ranges on the other side, as written. */
  readonly ranges: readonly unknown[];
  /** True where the other side is something else besides, for instance a prefix list or an IPv6 range. */
  readonly others: boolean;
  readonly protocol: unknown;
  readonly fromPort: unknown;
  readonly toPort: unknown;
}

/** Every opening of a direction in these stacks. */
export function openings(system: System, direction: Direction): readonly Opening[] {
  const inline = ofTypes(system, SECURITY_GROUPS).flatMap((group) =>
    blocks(group.body, direction).map((rule) => opening(group, group.address, rule)),
  );
  const separate = ofTypes(system, direction === 'ingress' ? INGRESS_RULES : EGRESS_RULES);
  const mixed = ofTypes(system, MIXED_RULES).filter(
    ({ body }) => body['type'] === direction || !isDirection(body['type']),
  );
  const standing = [...separate, ...mixed].map((rule) =>
    opening(rule, groupOf(system, rule.stack, rule.body['security_group_id']), rule.body),
  );
  return [...inline, ...standing];
}

/** The address of the security group that an expression names. */
export function groupOf(system: System, stack: string, expression: unknown): string | undefined {
  const found = system.references.resource(stack, expression, ['id']);
  return found && (SECURITY_GROUPS as readonly string[]).includes(found.type) ? found.address : undefined;
}

/** The addresses of a load balancer's security groups, as far as they can be told. */
export function groupsOf(system: System, { stack, body }: Resource): readonly string[] {
  return list(body['security_groups']).flatMap((expression) => groupOf(system, stack, expression) ?? []);
}

/** The items of a list; a single item is a list of one, as Terraform has it. */
export function list(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

// aws_vpc_security_group_*_rule, then aws_security_group_rule, then the blocks inside aws_security_group.
const PEERS = ['referenced_security_group_id', 'source_security_group_id', 'security_groups'];
const RANGES = ['cidr_ipv4', 'cidr_blocks'];
const OTHERS = ['cidr_ipv6', 'ipv6_cidr_blocks', 'prefix_list_id', 'prefix_list_ids', 'self'];

function opening({ address, stack }: Resource, group: string | undefined, rule: Block): Opening {
  const given = (keys: readonly string[]) => keys.flatMap((key) => list(rule[key]));
  return {
    address,
    stack,
    group,
    peerGroups: given(PEERS),
    ranges: given(RANGES),
    others: given(OTHERS).some((value) => value !== false),
    protocol: rule['ip_protocol'] ?? rule['protocol'],
    fromPort: rule['from_port'],
    toPort: rule['to_port'],
  };
}

function isDirection(value: unknown): value is Direction {
  return value === 'ingress' || value === 'egress';
}
