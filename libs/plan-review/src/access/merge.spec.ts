import { readTerraform } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';
import { linksOf } from '../plan/links.ts';
import { readPlanDocument } from '../plan/parse-plan.ts';
import { readPlan } from '../plan/read-plan.ts';
import { Secrets } from '../secrets/secrets.ts';
import { assumptionsOf, createPlans } from '../testdata/world.ts';
import { mergeLoadBalancing, splitAddress, withStacks } from './merge.ts';

const secrets = new Secrets();
const taint = { holds: () => false, outputHolds: () => false };
const plans = (['alb', 'ecs'] as const).map((stack) =>
  readPlan(
    { stack, plan: readPlanDocument(createPlans()[stack], stack) },
    { secrets, taint, assumptions: assumptionsOf(stack), sources: new Map() },
  ),
);

describe('mergeLoadBalancing', () => {
  it('is a plan in which every resource is found by its stack', () => {
    const merged = mergeLoadBalancing(plans, linksOf(plans));
    const reading = readTerraform(merged);
    expect(reading.problems).toEqual([]);
    const [balancer] = reading.loadBalancers;
    expect(splitAddress(balancer?.address ?? '', plans)).toEqual({ stack: 'alb', address: 'aws_lb.alb' });
    expect(balancer?.listeners.map(({ address }) => splitAddress(address, plans).address)).toEqual([
      'aws_lb_listener.http',
      'aws_lb_listener.https',
    ]);
    expect(withStacks(`see ${balancer?.address}`, plans)).toBe('see alb/aws_lb.alb');
  });

  it('of stacks without load balancers is a plan without any', () => {
    expect(readTerraform(mergeLoadBalancing(plans.slice(1), linksOf(plans)))).toMatchObject({
      kind: 'plan',
      loadBalancers: [],
      problems: [],
    });
  });

  it('leaves the address of what is in no stack as it is', () => {
    expect(splitAddress('aws_lb.other', plans)).toEqual({ stack: '', address: 'aws_lb.other' });
  });
});
