import { describe, expect, it } from '@jest/globals';
import { Secrets } from '../secrets/secrets.ts';
import { createPlans, World } from '../testdata/world.ts';
import { appliedLoadBalancingOf, loadBalancingOf } from './load-balancing.ts';
import { planSchema } from './schema.ts';

describe('loadBalancingOf', () => {
  it('is the part of load balancers, everywhere in the plan', () => {
    const part = JSON.stringify(loadBalancingOf(planSchema.parse(createPlans().alb), new Secrets()));
    const types = new Set([...part.matchAll(/"address":"(\w+)\./g)].map(([, type]) => type));
    expect([...types].toSorted()).toEqual(['aws_lb', 'aws_lb_listener', 'aws_lb_listener_rule', 'aws_lb_target_group']);
    expect(loadBalancingOf(planSchema.parse(createPlans().ecr), new Secrets())['resource_changes']).toEqual([]);
  });

  it('goes into modules, and holds no secret', () => {
    const values = {
      address: 'module.m.aws_lb_listener.l',
      mode: 'managed',
      type: 'aws_lb_listener',
      name: 'l',
      values: { key: 'the secret' },
      sensitive_values: { key: true },
    };
    const module = { root_module: { child_modules: [{ address: 'module.m', resources: [values] }] } };
    const plan = planSchema.parse({
      format_version: '1.2',
      planned_values: module,
      prior_state: { values: module },
      configuration: {
        root_module: {
          module_calls: {
            m: {
              module: { resources: [{ address: 'aws_lb_listener.l', expressions: { port: { constant_value: 1 } } }] },
            },
          },
        },
      },
    });
    const part = loadBalancingOf(plan, new Secrets());
    expect(JSON.stringify(part)).not.toContain('the secret');
    expect(part).toMatchObject({
      planned_values: { root_module: { child_modules: [{ resources: [{ values: { key: 'hidden-1' } }] }] } },
      configuration: {
        root_module: { module_calls: { m: { module: { resources: [{ address: 'aws_lb_listener.l' }] } } } },
      },
    });
  });
});

describe('appliedLoadBalancingOf', () => {
  const applied = (world: World) => {
    const plan = planSchema.parse(world.plans.alb);
    const secrets = new Secrets();
    return appliedLoadBalancingOf(plan, loadBalancingOf(plan, secrets), secrets);
  };

  it('is nothing where nobody changed anything', () => {
    expect(applied(new World())).toBeUndefined();
    expect(applied(new World().drift('alb', 'aws_sns_topic.alarms', (topic) => (topic['name'] = 'other')))).toBe(
      undefined,
    );
  });

  it('is as it was before somebody changed it', () => {
    const world = new World().drift('alb', 'aws_lb_listener_rule.api_1', (rule) => (rule['priority'] = 77));
    expect(JSON.stringify(world.plans.alb.prior_state)).toContain('"priority":77');
    const part = applied(world);
    expect(JSON.stringify(part?.['prior_state'])).not.toContain('"priority":77');
    expect(JSON.stringify(part?.['planned_values'])).toContain('"priority":77');
  });

  it('has what somebody deleted', () => {
    const world = new World().drift('alb', 'aws_lb_listener_rule.api_1', () => undefined);
    const { prior_state: prior, resource_drift: drift } = world.plans.alb;
    const module = prior?.values?.root_module;
    if (module === undefined) throw new Error('no state');
    module.resources = module.resources?.filter(({ address }) => address !== 'aws_lb_listener_rule.api_1') ?? [];
    for (const { change } of drift ?? []) Object.assign(change, { actions: ['delete'], after: null });
    expect(JSON.stringify(applied(world)?.['prior_state'])).toContain('aws_lb_listener_rule.api_1');
  });
});
