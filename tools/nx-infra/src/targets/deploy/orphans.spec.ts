import { describe, expect, it } from '@jest/globals';

import { type Entry } from './journal.ts';
import { orphansOf } from './orphans.ts';

const started = (address: string): Entry => ({
  address,
  type: address.split('.')[0] ?? '',
  action: 'create',
  state: 'started',
});
const nat = (id: string, Name = '') => ({
  arn: `arn:aws:ec2:eu-west-1:1:natgateway/${id}`,
  tags: Name ? { Name } : {},
});
const find = (
  addresses: readonly string[],
  tagged: readonly { arn: string; tags: Record<string, string> }[],
  known: readonly string[] = [],
) =>
  orphansOf(addresses.map(started), tagged, new Set(known), (address) =>
    address.endsWith('_a') ? { Name: 'a', by: '${var.x}' } : {},
  );

describe('orphansOf', () => {
  it('takes the one thing that it can be', () => {
    const arn = 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/gatehouse/50dc6c';
    expect(find(['aws_lb.alb', 'aws_nat_gateway.nat'], [nat('nat-1'), { arn, tags: {} }])).toEqual({
      imports: [
        { to: 'aws_lb.alb', id: arn },
        { to: 'aws_nat_gateway.nat', id: 'nat-1' },
      ],
      doubts: [],
    });
  });

  it('does not guess between two things, nor between two that are looked for', () => {
    expect(find(['aws_nat_gateway.nat'], [nat('nat-1'), nat('nat-2')])).toEqual({
      imports: [],
      doubts: [{ to: 'aws_nat_gateway.nat', ids: ['nat-1', 'nat-2'] }],
    });
    expect(find(['aws_nat_gateway.x', 'aws_nat_gateway.y'], [nat('nat-1')])).toEqual({
      imports: [],
      doubts: [
        { to: 'aws_nat_gateway.x', ids: ['nat-1'] },
        { to: 'aws_nat_gateway.y', ids: ['nat-1'] },
      ],
    });
  });

  it('tells things apart by their tags, and by what the state has', () => {
    expect(find(['aws_nat_gateway.nat_a'], [nat('nat-1', 'b'), nat('nat-2', 'a')])).toMatchObject({
      imports: [{ to: 'aws_nat_gateway.nat_a', id: 'nat-2' }],
    });
    expect(find(['aws_nat_gateway.nat'], [nat('nat-1'), nat('nat-2')], ['nat-1'])).toMatchObject({
      imports: [{ to: 'aws_nat_gateway.nat', id: 'nat-2' }],
    });
  });

  it('puts the id of an import together, and knows what the state calls otherwise', () => {
    const acl = { arn: 'arn:aws:wafv2:eu-west-1:1:regional/webacl/door/u-1', tags: {} };
    const service = { arn: 'arn:aws:ecs:eu-west-1:1:service/cluster/app', tags: {} };
    const key = { arn: 'arn:aws:kms:eu-west-1:1:key/k-1', tags: {} };
    const addresses = ['aws_wafv2_web_acl.alb', 'aws_ecs_service.app'];
    expect(find([...addresses, 'aws_kms_key.plans'], [acl, service, key])).toMatchObject({
      imports: [
        { to: 'aws_wafv2_web_acl.alb', id: 'u-1/door/REGIONAL' },
        { to: 'aws_ecs_service.app', id: 'cluster/app' },
        { to: 'aws_kms_key.plans', id: 'k-1' },
      ],
    });
    expect(find(addresses, [acl, service], ['u-1', service.arn])).toEqual({ imports: [], doubts: [] });
  });

  it('takes a VPC for no endpoint of one, and nothing for what it does not know', () => {
    const endpoint = { arn: 'arn:aws:ec2:eu-west-1:1:vpc-endpoint/vpce-1', tags: {} };
    expect(find(['aws_vpc.vpc', 'aws_unheard.of'], [endpoint])).toEqual({ imports: [], doubts: [] });
  });
});
