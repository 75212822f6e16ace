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
});
