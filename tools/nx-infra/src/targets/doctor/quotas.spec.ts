import { describe, expect, it } from '@jest/globals';

import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { terraformJson } from '../../terraform/json.ts';
import { type Quota, quotaFinding, quotasOf } from './quotas.ts';

const stacks = (resource: object): SynthesizedStacks =>
  new Map([['s', { name: 's', dependencies: [], terraform: terraformJson.parse({ resource }) }]]);
const wanted = (resource: object) =>
  Object.fromEntries(quotasOf(stacks(resource)).map(({ name, wanted }) => [name, wanted]));

describe('quotasOf', () => {
  it('counts what the stacks make', () => {
    expect(
      wanted({
        aws_vpc: { main: {} },
        aws_eip: { a: {}, b: {}, c: {} },
        aws_lb: { alb: {} },
        aws_lb_listener_rule: { one: {}, two: {} },
        aws_cognito_user_pool: { users: {} },
        aws_ecs_task_definition: { app: { cpu: '512' } },
        aws_ecs_service: { app: { desired_count: 2 } },
      }),
    ).toEqual({ vpcs: 1, addresses: 3, load_balancers: 1, rules: 2, user_pools: 1, vcpus: 2 });
  });

  it('counts the tasks that scaling may start, and a deployment’s beside them', () => {
    const service = {
      aws_ecs_task_definition: { app: { cpu: '1024' } },
      aws_ecs_service: { app: { desired_count: 2 } },
    };
    expect(wanted({ ...service, aws_appautoscaling_target: { app: { max_capacity: 6 } } })).toEqual({ vcpus: 12 });
  });

  it('asks for nothing that is not wanted', () => {
    expect(quotasOf(stacks({}))).toEqual([]);
  });
});

describe('quotaFinding', () => {
  const quota: Quota = { name: 'addresses', check: 'quota', service: 'ec2', code: 'L-0263D0A3', wanted: 2 };
  it.each([
    ['enough', { limit: 5, used: 3 }, 'ok', undefined],
    ['enough, of which nobody knows the use', { limit: 2, used: undefined }, 'ok', undefined],
    ['enough but for what is used', { limit: 5, used: 4 }, 'warning', '--desired-value 6'],
    ['too few', { limit: 1, used: 1 }, 'failed', '--desired-value 3'],
    ['a limit that may not be read', { limit: undefined, used: 1 }, 'warning', 'servicequotas:GetServiceQuota'],
  ])('of %s', (_case, measured, state, mend) => {
    const finding = quotaFinding(quota, measured, 'eu-west-1');
    expect(finding.state).toBe(state);
    if (mend === undefined) expect(finding).not.toHaveProperty('mend');
    else expect(finding.mend).toContain(mend);
  });
});
