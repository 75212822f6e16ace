import { describe, expect, it } from '@jest/globals';
import { review } from '../review.ts';
import { changeOf } from '../testdata/change-of.ts';
import { createInputs, World } from '../testdata/world.ts';
import { billedOf } from './billed.ts';
import { monthly, prices } from './price-table.ts';

const today = '2026-11-22';

describe('cost', () => {
  it('of nothing that changes is nothing', () => {
    expect(review(new World().inputs(), { today }).cost).toMatchObject({
      difference: 0,
      lines: [],
      usage: [],
      unpriced: [],
    });
  });

  it('of tasks goes with their number and size, over stacks and references', () => {
    const world = new World().update('ecs', 'aws_ecs_service.app', (service) => (service['desired_count'] = 4));
    const { cost } = review(world.inputs(), { today });
    // Two tasks more of half a vCPU and 1 GB: 730 hours of 0.04048 and of twice 0.004445 dollars.
    expect(cost.lines).toEqual([
      { stack: 'ecs', address: 'aws_ecs_service.app', difference: expect.closeTo(730 * (0.04048 + 2 * 0.004445), 2) },
    ]);
  });

  it('of an empty account has its parts, and names what depends on use', () => {
    const { cost } = review(createInputs(), { today });
    expect(cost.difference).toBeCloseTo(
      cost.lines.reduce((sum, { difference }) => sum + difference, 0),
      6,
    );
    expect(cost.lines).toContainEqual(
      expect.objectContaining({ address: 'aws_nat_gateway.nat_a', difference: expect.closeTo(35.04, 2) }),
    );
    expect(cost.usage).toContainEqual(expect.objectContaining({ what: 'monthly active users' }));
    expect(cost.unpriced).toEqual([]);
  });

  it('is never a zero for what has no price', () => {
    const world = new World().create('network', 'aws_db_instance.db', 'aws_eip.nat_a');
    world.create('network', 'aws_nat_gateway.other', 'aws_nat_gateway.nat_a');
    const regionless = world.inputs().map((input) => input);
    Object.assign(world.plans.network.configuration, {
      provider_config: { aws: { expressions: { region: { constant_value: 'ap-south-1' } } } },
    });
    expect(review(regionless, { today }).cost.unpriced.map(({ address, why }) => `${address}: ${why}`)).toEqual([
      'aws_db_instance.db: aws_db_instance is not in the price table, or not enough of it is known',
      'aws_nat_gateway.other: the price table has no nat-gateway.hour for ap-south-1',
    ]);
  });
});

describe('billedOf', () => {
  const of = (address: string, values: object) =>
    billedOf(changeOf(address, {}, {}).type, values as never, () => undefined);

  it('counts the addresses of a load balancer that faces the internet', () => {
    expect(of('aws_lb.x', { subnets: ['a', 'b'] })?.units).toEqual([
      { unit: 'alb.hour', amount: 1 },
      { unit: 'public-ipv4.hour', amount: 2 },
    ]);
    expect(of('aws_lb.x', { internal: true, subnets: ['a'] })?.units).toHaveLength(1);
    expect(of('aws_lb.x', { load_balancer_type: 'gateway' })).toBeUndefined();
  });

  it('knows what is free, and what it does not know', () => {
    expect(of('aws_iam_role.x', {})).toEqual({ units: [], usage: [] });
    expect(of('aws_sagemaker_domain.x', {})).toBeUndefined();
    expect(of('aws_ecs_service.x', { launch_type: 'FARGATE', desired_count: 1 })).toBeUndefined();
  });
});

describe('prices', () => {
  it('have a date, and each region the same units', () => {
    expect(prices.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    const units = Object.values(prices.regions).map((region) => Object.keys(region).toSorted());
    expect(units.every((each) => JSON.stringify(each) === JSON.stringify(units[0]))).toBe(true);
  });

  it('are of a month', () => {
    expect(monthly('kms-key.month', 'eu-west-1', prices)).toBe(1);
    expect(monthly('alb.hour', 'us-east-1', prices)).toBeCloseTo(16.425, 3);
    expect(monthly('alb.hour', undefined, prices)).toBeUndefined();
  });
});
