import { describe, expect, it } from '@jest/globals';

import { type Entry } from './journal.ts';
import { orphanProbe, orphansOf, readOrphanProbe } from './orphans.ts';

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
    expect(find(['aws_lb.alb', 'aws_nat_gateway.nat'], [nat('nat-1'), { arn, tags: {} }])).toEqual([
      { to: 'aws_lb.alb', id: arn },
      { to: 'aws_nat_gateway.nat', id: 'nat-1' },
    ]);
  });

  it('does not guess between two things, nor between two that are looked for', () => {
    expect(find(['aws_nat_gateway.nat'], [nat('nat-1'), nat('nat-2')])).toEqual([]);
    expect(find(['aws_nat_gateway.x', 'aws_nat_gateway.y'], [nat('nat-1')])).toEqual([]);
  });

  it('tells things apart by their tags, and by what the state has', () => {
    expect(find(['aws_nat_gateway.nat_a'], [nat('nat-1', 'b'), nat('nat-2', 'a')])).toEqual([
      { to: 'aws_nat_gateway.nat_a', id: 'nat-2' },
    ]);
    expect(find(['aws_nat_gateway.nat'], [nat('nat-1'), nat('nat-2')], ['nat-1'])).toEqual([
      { to: 'aws_nat_gateway.nat', id: 'nat-2' },
    ]);
  });

  it('takes a VPC for no endpoint of one, and nothing for what it does not know', () => {
    const endpoint = { arn: 'arn:aws:ec2:eu-west-1:1:vpc-endpoint/vpce-1', tags: {} };
    expect(find(['aws_vpc.vpc', 'aws_unheard.of'], [endpoint])).toEqual([]);
  });
});

it('asks for what bears all of the tags, and reads the answer', () => {
  expect(orphanProbe({}, 'eu-west-1', { stack: 'alb' })).toMatchObject({
    data: { aws_resourcegroupstaggingapi_resources: { made: { tag_filter: [{ key: 'stack', values: ['alb'] }] } } },
  });
  const after = [{ resource_arn: 'arn:1', tags: { a: 'b' } }, { resource_arn: 'arn:2' }];
  expect(readOrphanProbe({ output_changes: { made: { after } } })).toEqual([
    { arn: 'arn:1', tags: { a: 'b' } },
    { arn: 'arn:2', tags: {} },
  ]);
  expect(() => readOrphanProbe({ output_changes: {} })).toThrow('made');
});
