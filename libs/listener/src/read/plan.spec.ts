import { describe, expect, it } from '@jest/globals';
import { terraformOutput } from '../testdata/documents.ts';
import { readPlan } from './plan.ts';

/** A plan of one rule. */
function planOf(values: object, unknown: object, expressions: object, address = 'aws_lb_listener_rule.one') {
  const resource = { address, mode: 'managed', type: 'aws_lb_listener_rule' };
  const configured = { address: 'aws_lb_listener_rule.one', expressions };
  return {
    format_version: '1.2',
    planned_values: { root_module: { resources: [{ ...resource, values }] } },
    resource_changes: [{ address, change: { after_unknown: unknown } }],
    configuration: {
      root_module: address.startsWith('module.')
        ? { module_calls: { web: { module: { resources: [configured] } } } }
        : { resources: [configured] },
    },
  };
}

const bodyOf = (...arguments_: Parameters<typeof planOf>) => readPlan(planOf(...arguments_)).resources[0]?.body;
const references = (...names: readonly string[]) => ({ references: names });

describe('readPlan', () => {
  it('gives what is known only after the apply as the reference it comes from', () => {
    const { before, resources } = readPlan(terraformOutput('create.plan'));
    expect(before).toEqual([]);
    expect(resources.find(({ address }) => address === 'aws_lb_listener.https')?.body).toMatchObject({
      load_balancer_arn: '${aws_lb.alb.arn}',
      default_action: [
        { authenticate_cognito: [{ user_pool_arn: '${aws_cognito_user_pool.pool.arn}' }] },
        { target_group_arn: '${aws_lb_target_group.app.arn}' },
      ],
    });
  });

  it('pairs the blocks of a set with their expressions by what is constant, as Terraform sorts them', () => {
    const split = readPlan(terraformOutput('create.plan')).resources.find(({ address }) => address.endsWith('split'));
    expect(split?.body).toMatchObject({
      action: [
        {},
        {
          forward: [
            {
              target_group: [
                { weight: 1, arn: '${aws_lb_target_group.canary.arn}' },
                { weight: 9, arn: '${aws_lb_target_group.app.arn}' },
              ],
            },
          ],
        },
      ],
    });
  });

  it('leaves out what is not written and AWS will choose', () => {
    expect(bodyOf({ priority: 1 }, { id: true, tags_all: true }, { priority: { constant_value: 1 } })).toEqual({
      priority: 1,
    });
  });

  it('names what it cannot trace by the address', () => {
    const unknown = { condition: [{ path_pattern: [{ values: [false, true] }] }] };
    const condition = [{ path_pattern: [{ values: ['/a'] }] }];
    expect(bodyOf({ condition }, unknown, { condition: [{ path_pattern: [{ values: {} }] }] })).toEqual({
      condition: [
        { path_pattern: [{ values: ['/a', '${aws_lb_listener_rule.one.condition[0].path_pattern[0].values[1]}'] }] },
      ],
    });
  });

  it('knows what a reference of a module is relative to', () => {
    const expressions = { listener_arn: references('aws_lb_listener.https.arn'), priority: references('var.priority') };
    const unknown = { listener_arn: true, priority: true };
    expect(bodyOf({}, unknown, expressions, 'module.web.aws_lb_listener_rule.one["a"]')).toMatchObject({
      listener_arn: '${module.web.aws_lb_listener.https.arn}',
      priority: '${var.priority}',
    });
  });

  it('gives what there is before, and what the plan leads to', () => {
    const { before, resources } = readPlan(terraformOutput('change.plan'));
    const paths = [before, resources].map(
      (side) => side.find(({ address }) => address === 'aws_lb_listener_rule.public')?.body['condition'],
    );
    expect(paths).toEqual([
      [{ path_pattern: [{ values: ['/logged-out'] }] }],
      [{ path_pattern: [{ values: ['/logged-out', '/open/*'] }] }],
    ]);
  });
});
