import { differencesOf } from '../changes/difference.ts';
import { describeValue } from '../describe-value.ts';
import { type Finding, type Severity } from '../model.ts';
import { type ResourceChange } from '../plan/model.ts';

/** An argument that says where something stands in the network, and what a change of it may mean. */
interface Placement {
  readonly type: RegExp;
  readonly argument: string;
  /** Only a change to this is a finding. @default any */
  readonly to?: (value: unknown) => boolean;
  readonly severity: Severity;
  readonly reading: string;
  /** Whether it counts where the resource is new. @default false */
  readonly whenNew?: boolean;
}

const isGateway = (value: unknown): boolean =>
  typeof value === 'string' && (value.startsWith('igw-') || value.includes('aws_internet_gateway'));

const placements: readonly Placement[] = [
  {
    type: /^aws_a?lb$/,
    argument: 'internal',
    to: (value) => value !== true,
    severity: 'stop',
    reading: 'The load balancer faces the internet, and did not',
  },
  { type: /^aws_a?lb$/, argument: 'subnets', severity: 'look', reading: 'The load balancer stands in other subnets' },
  {
    type: /^aws_a?lb$/,
    argument: 'security_groups',
    severity: 'look',
    reading: 'Other security groups guard the load balancer',
  },
  {
    type: /^aws_a?lb$/,
    argument: 'xff_header_processing_mode',
    severity: 'look',
    reading:
      'X-Forwarded-For is handled in another way: what the application takes for the address of a client changes',
  },
  {
    type: /^aws_ecs_service$/,
    argument: 'network_configuration',
    severity: 'look',
    reading: 'Tasks stand elsewhere in the network, or other security groups guard them',
  },
  {
    type: /^aws_ecs_service$/,
    argument: 'load_balancer',
    severity: 'look',
    reading: 'Other target groups lead to the tasks, or to another port of them',
  },
  {
    type: /^aws_(?:instance|network_interface)$/,
    argument: 'vpc_security_group_ids',
    severity: 'look',
    reading: 'Other security groups guard it',
  },
  {
    type: /^aws_subnet$/,
    argument: 'map_public_ip_on_launch',
    to: (value) => value === true,
    severity: 'look',
    reading: 'What is started in the subnet gets a public address',
  },
  {
    type: /^aws_route$/,
    argument: 'gateway_id',
    to: isGateway,
    severity: 'look',
    reading: 'A route to the internet: what stands in these subnets with a public address can be reached',
  },
  {
    type: /^aws_route_table_association$/,
    argument: 'route_table_id',
    severity: 'look',
    reading: 'The subnet has other routes',
  },
  {
    type: /^aws_(?:a?lb_target_group_attachment|eip_association)$/,
    argument: 'id',
    severity: 'look',
    whenNew: true,
    reading: 'Something newly stands behind it',
  },
  {
    type: /^aws_vpc_peering_connection$|^aws_ec2_transit_gateway_vpc_attachment$|^aws_vpn_connection$/,
    argument: 'id',
    severity: 'look',
    whenNew: true,
    reading: 'Another network is connected',
  },
  { type: /^aws_eip$/, argument: 'instance', severity: 'look', reading: 'A public address leads to something else' },
];

/** What moves closer to the internet, or out of the reach of what guarded it. */
export function placementFindings(changes: readonly ResourceChange[]): readonly Finding[] {
  return changes
    .filter(({ mode, action }) => mode === 'managed' && action !== 'no-op')
    .flatMap((change) => placements.flatMap((placement) => findingOf(change, placement)));
}

function findingOf(change: ResourceChange, placement: Placement): readonly Finding[] {
  const { type, argument, to, severity, whenNew = false } = placement;
  const { before, after, stack, address, source } = change;
  if (!type.test(change.type) || after === undefined || (before === undefined) !== whenNew) return [];
  const [was, is] = [before?.[argument], after[argument]];
  // What nobody wrote, AWS keeps as it is.
  if (!whenNew && change.written !== undefined && !(argument in change.written) && is === undefined) return [];
  const differences = differencesOf(was, is, argument);
  if (differences.length === 0 || (to !== undefined && !to(is))) return [];
  const how = whenNew
    ? ''
    : ` (${differences.map(({ path, before: from, after: now }) => `${path} from ${describeValue(from)} to ${describeValue(now)}`).join(', ')})`;
  return [
    {
      section: 'access',
      severity,
      kind: 'placement',
      stack,
      address,
      reading: `${placement.reading}${how}`,
      ...(source === undefined ? {} : { source }),
    },
  ];
}
