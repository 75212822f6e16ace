import { describe, expect, it } from '@jest/globals';
import { Secrets } from '../secrets/secrets.ts';
import { createPlans } from '../testdata/world.ts';
import { loadBalancingOf } from './load-balancing.ts';
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
