import {
  DescribeFlowLogsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';

import { type Applied, type Check, unless, unlessSame } from '../check.ts';
import { loadBalancerOf, serviceOf } from '../found.ts';

/** Tasks are reached by the load balancer, on the one port that it asks, and by nobody else. */
export const ways: Check = async ({ clients, described }) => {
  const { SecurityGroups: door = [], VpcId } = await loadBalancerOf(clients, described);
  const found = await serviceOf(clients, described);
  const groups = found.networkConfiguration?.awsvpcConfiguration?.securityGroups ?? [];
  const ports = described.all('aws_lb_target_group').map(({ body }) => body['port']);
  const incoming = (await rulesOf(groups, { clients })).filter(({ IsEgress }) => IsEgress === false);
  const outgoing = (await rulesOf(door, { clients })).filter(({ IsEgress }) => IsEgress === true);
  const anywhere = outgoing.filter(({ CidrIpv4, CidrIpv6 }) => CidrIpv4 !== undefined || CidrIpv6 !== undefined);
  const Filters = [{ Name: 'vpc-id', Values: [VpcId ?? ''] }];
  const { SecurityGroups: all = [] } = await clients.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  const unused = all.find(({ GroupName }) => GroupName === 'default');
  return [
    ...unless(groups.length > 0 && incoming.length > 0, 'The tasks have no security group, or it lets nobody in.'),
    ...unlessSame(
      'Who reaches the tasks',
      incoming.map(({ ReferencedGroupInfo: from, FromPort, ToPort }) => [
        from?.GroupId ?? 'an address',
        FromPort,
        ToPort,
      ]),
      ports.flatMap((port) => door.map((group) => [group, port, port])),
    ),
    ...unlessSame(
      'What the load balancer reaches outside',
      anywhere.map(({ FromPort, ToPort }) => [FromPort, ToPort]),
      [[443, 443]],
    ),
    ...unlessSame(
      'What the group of the VPC that nobody chose lets through',
      [unused?.IpPermissions?.length, unused?.IpPermissionsEgress?.length],
      [0, 0],
    ),
  ];
};

/** Tasks are where no way from the internet leads: their subnets lead out by way of NAT. */
export const subnets: Check = async ({ clients, described }) => {
  const found = await serviceOf(clients, described);
  const ids = found.networkConfiguration?.awsvpcConfiguration?.subnets ?? [];
  const { AvailabilityZones = [], VpcId } = await loadBalancerOf(clients, described);
  const { Subnets = [] } = await clients.ec2.send(new DescribeSubnetsCommand({ SubnetIds: ids }));
  const Filters = [{ Name: 'association.subnet-id', Values: ids }];
  const { RouteTables = [] } = await clients.ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const ways = RouteTables.flatMap(({ Routes = [] }) =>
    Routes.filter(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0'),
  );
  const { FlowLogs = [] } = await clients.ec2.send(
    new DescribeFlowLogsCommand({ Filter: [{ Name: 'resource-id', Values: [VpcId ?? ''] }] }),
  );
  return [
    ...unlessSame(
      'The number of zones',
      new Set(Subnets.map(({ AvailabilityZone }) => AvailabilityZone)).size,
      AvailabilityZones.length,
    ),
    ...unless(
      Subnets.every(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch !== true),
      'What starts in a subnet of the tasks gets a public address.',
    ),
    ...unless(
      ids.every((id) => AvailabilityZones.every(({ SubnetId }) => SubnetId !== id)),
      'Tasks are in a subnet of the load balancer.',
    ),
    ...unless(
      ways.length > 0 &&
        ways.every(({ NatGatewayId, GatewayId }) => NatGatewayId !== undefined && GatewayId === undefined),
      'A subnet of the tasks does not lead out by way of NAT.',
    ),
    ...unlessSame(
      'Noting what passes',
      FlowLogs.map(({ TrafficType, FlowLogStatus }) => [TrafficType, FlowLogStatus]),
      [['ALL', 'ACTIVE']],
    ),
  ];
};

async function rulesOf(
  groups: readonly string[],
  { clients }: Pick<Applied, 'clients'>,
): Promise<readonly SecurityGroupRule[]> {
  const Filters = [{ Name: 'group-id', Values: [...groups] }];
  const { SecurityGroupRules = [] } = await clients.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return SecurityGroupRules;
}
