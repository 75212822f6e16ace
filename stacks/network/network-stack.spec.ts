import { describe, expect, it } from '@jest/globals';

import { dev } from '../environments/dev.ts';
import { prod } from '../environments/prod.ts';
import { synthesized } from '../testing/synthesized.ts';

describe('NetworkStack', () => {
  const [cheap, sturdy] = [synthesized(dev), synthesized(prod)];
  const count = (of: typeof cheap, type: string) => of.resources.filter((resource) => resource.type === type).length;

  it('has one NAT gateway, or one a zone, as the environment says', () => {
    expect(count(cheap, 'aws_nat_gateway')).toBe(1);
    expect(count(sturdy, 'aws_nat_gateway')).toBe(prod.network.zones.length);
  });

  it('leads public subnets to the internet gateway and private ones to NAT of their own zone', () => {
    expect(cheap.body('network', 'aws_route.public')).toMatchObject({
      gateway_id: '${aws_internet_gateway.internet.id}',
    });
    expect(cheap.body('network', 'aws_route_table_association.private_b')).toMatchObject({
      subnet_id: '${aws_subnet.private_b.id}',
      route_table_id: '${aws_route_table.private_a.id}',
    });
    expect(sturdy.body('network', 'aws_route_table_association.private_b')).toMatchObject({
      route_table_id: '${aws_route_table.private_b.id}',
    });
    expect(sturdy.body('network', 'aws_route.private_b')).toMatchObject({
      nat_gateway_id: '${aws_nat_gateway.nat_b.id}',
      destination_cidr_block: '0.0.0.0/0',
    });
    expect(sturdy.body('network', 'aws_nat_gateway.nat_b')).toMatchObject({ subnet_id: '${aws_subnet.public_b.id}' });
  });

  it('gives nothing a public address by itself', () => {
    const subnets = sturdy.resources.filter(({ type }) => type === 'aws_subnet');
    expect(subnets).toHaveLength(4);
    expect(subnets.filter(({ body }) => body['map_public_ip_on_launch'] !== false)).toEqual([]);
  });

  it('spreads over three zones where three are named', () => {
    const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
    const wide = synthesized({ ...prod, network: { ...prod.network, zones } });
    expect(count(wide, 'aws_nat_gateway')).toBe(3);
    const subnets = wide.resources.filter(({ type }) => type === 'aws_subnet');
    expect(new Set(subnets.map(({ body }) => body['cidr_block'])).size).toBe(6);
    expect(wide.body('network', 'aws_route_table_association.private_c')).toMatchObject({
      route_table_id: '${aws_route_table.private_c.id}',
    });
  });

  it('leaves the default security group without a rule', () => {
    const group = sturdy.body('network', 'aws_default_security_group.vpc');
    expect(group).toMatchObject({ vpc_id: '${aws_vpc.vpc.id}' });
    expect(Object.keys(group)).not.toEqual(expect.arrayContaining(['ingress']));
    expect(Object.keys(group)).not.toEqual(expect.arrayContaining(['egress']));
  });

  it('notes every connection, with a role that can write there and nowhere else', () => {
    expect(sturdy.body('network', 'aws_flow_log.vpc')).toMatchObject({
      traffic_type: 'ALL',
      log_destination: '${aws_cloudwatch_log_group.flow.arn}',
      iam_role_arn: '${aws_iam_role.flow.arn}',
    });
    expect(sturdy.body('network', 'aws_cloudwatch_log_group.flow')).toMatchObject({ retention_in_days: 90 });
    const policy = JSON.parse(String(sturdy.body('network', 'aws_iam_role_policy.flow')['policy'])) as {
      Statement: readonly Record<string, unknown>[];
    };
    const elsewhere = policy.Statement.filter(({ Resource }) => Resource !== '${aws_cloudwatch_log_group.flow.arn}:*');
    expect(elsewhere.map(({ Action }) => Action)).toEqual(['logs:DescribeLogGroups']);
  });

  it('leads to S3 past the NAT gateways, from every route table', () => {
    expect(sturdy.body('network', 'aws_vpc_endpoint.s3')).toMatchObject({
      vpc_endpoint_type: 'Gateway',
      service_name: 'com.amazonaws.eu-west-1.s3',
      route_table_ids: [
        '${aws_route_table.public.id}',
        '${aws_route_table.private_a.id}',
        '${aws_route_table.private_b.id}',
      ],
    });
  });

  it('has interface endpoints for the services that are named, and for no other', () => {
    const endpoints = (of: typeof cheap) =>
      of.resources.filter(({ type, body }) => type === 'aws_vpc_endpoint' && body['vpc_endpoint_type'] === 'Interface');
    expect(endpoints(cheap)).toEqual([]);
    const network = { ...dev.network, interfaceEndpoints: ['ecr', 'logs', 'ssm'] as const };
    const inside = synthesized({ ...dev, network });
    expect(endpoints(inside).map(({ body }) => body['service_name'])).toEqual([
      'com.amazonaws.eu-west-1.ecr.api',
      'com.amazonaws.eu-west-1.ecr.dkr',
      'com.amazonaws.eu-west-1.logs',
      'com.amazonaws.eu-west-1.ssm',
    ]);
    expect(inside.body('network', 'aws_vpc_endpoint.ecr_api')).toMatchObject({
      private_dns_enabled: true,
      subnet_ids: ['${aws_subnet.private_a.id}', '${aws_subnet.private_b.id}'],
      security_group_ids: ['${aws_security_group.endpoints.id}'],
    });
    expect(inside.body('network', 'aws_vpc_security_group_ingress_rule.endpoints')).toMatchObject({
      cidr_ipv4: '10.20.0.0/16',
      from_port: 443,
    });
  });
});
