import { describe, expect, it } from '@jest/globals';
import { review } from '../review.ts';
import { type Body, World } from '../testdata/world.ts';

const access = (world: World) =>
  review(world.inputs(), { today: '2026-11-22' })
    .findings.filter(({ section }) => section === 'access')
    .map(({ severity, kind, stack, address }) => `${severity} ${kind} ${stack}/${address}`);
const block = (body: Body, name: string): Body => (body[name] as Body[])[0] ?? {};

describe('listenerFindings', () => {
  it('stops at a new port of a load balancer that is there already', () => {
    const world = new World();
    world.create('alb', 'aws_lb_listener.more', 'aws_lb_listener.http', (listener) => {
      Object.assign(listener, { port: 8080 });
      Object.assign(block(listener, 'default_action'), {
        type: 'forward',
        redirect: [],
        target_group_arn: world.find('alb', 'aws_lb_target_group.app').change.before?.['arn'],
      });
    });
    expect(access(world)).toEqual(['stop opens alb/aws_lb_listener.more']);
  });

  it('stops at HTTP where there was HTTPS', () => {
    const world = new World().update('alb', 'aws_lb_listener.https', (listener) =>
      Object.assign(listener, { protocol: 'HTTP' }),
    );
    expect(access(world)[0]).toMatch(/^stop /);
  });

  it('sees what closes', () => {
    expect(access(new World().destroy('alb', 'aws_lb_listener_rule.public_1'))).toContain(
      'look closes alb/aws_lb_listener.https',
    );
  });

  it('stops at a rule whose listener is in none of the plans', () => {
    const world = new World().create('ecs', 'aws_lb_listener_rule.stray', 'aws_ecs_cluster.cluster');
    const { change } = world.find('ecs', 'aws_lb_listener_rule.stray');
    const values = {
      ...world.find('alb', 'aws_lb_listener_rule.api_1').change.before,
      listener_arn: 'arn:aws:elsewhere',
    };
    change.after = values;
    const shown = world.plans.ecs.planned_values.root_module.resources?.find(
      ({ address }) => address === 'aws_lb_listener_rule.stray',
    );
    if (shown === undefined) throw new Error('no rule');
    shown.values = values;
    expect(access(world)).toEqual(['stop undecided ecs/aws_lb_listener_rule.stray']);
  });

  it('does not take for unchanged what could not be read before either', () => {
    const world = new World();
    const unread = { type: 'authenticate-somehow' };
    for (const side of ['before', 'after'] as const)
      Object.assign(block(world.find('alb', 'aws_lb_listener.https').change[side] ?? {}, 'default_action'), unread);
    for (const { values } of [world.plans.alb.planned_values, world.plans.alb.prior_state?.values].flatMap(
      (each) => each?.root_module.resources?.filter(({ address }) => address === 'aws_lb_listener.https') ?? [],
    )) {
      Object.assign(block(values, 'default_action'), unread);
    }
    expect(access(world)).toEqual([]);
    world.update('alb', 'aws_lb_listener_rule.api_1', (rule) => (rule['priority'] = 7));
    expect(access(world)).toContainEqual(expect.stringMatching(/^(?:look|stop) undecided alb\/aws_lb_listener\.https/));
  });
});
