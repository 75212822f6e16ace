import { describe, expect, it } from '@jest/globals';
import { review } from '../review.ts';
import { type Body, World } from '../testdata/world.ts';

const access = (world: World) =>
  review(world.inputs(), { today: '2026-11-22' }).findings.filter(({ section }) => section === 'access');
const block = (body: Body, name: string): Body => (body[name] as Body[])[0] ?? {};
const RULE = 'aws_lb_listener_rule.public_1';
const PATHS = ['/logged-out', '/assets/gatehouse.css', '/assets/favicon.svg'];
const paths =
  (...more: readonly string[]) =>
  (rule: Body): void => {
    block(block(rule, 'condition'), 'path_pattern')['values'] = [...PATHS, ...more];
  };
const told = (world: World): readonly string[] =>
  access(world).map(({ severity, kind, address, reading, witness }) => {
    const path = witness?.kind === 'request' ? witness.request.path : '';
    return `${severity} ${kind} ${address} ${path} ${reading.split(':')[0] ?? ''}`;
  });

describe('a path that is opened', () => {
  it('by the plan', () => {
    expect(told(new World().update('alb', RULE, paths('/help')))).toEqual([
      `stop opens ${RULE} /help Becomes reachable without a login`,
    ]);
  });

  it('outside of Terraform, and set back', () => {
    const world = new World().drift('alb', RULE, paths('/help')).update('alb', RULE, paths());
    expect(told(world)).toEqual([
      'look closes aws_lb_listener.https /help Ceases to be reachable without a login, after it was opened outside of Terraform',
    ]);
  });

  it('outside of Terraform, and by the plan', () => {
    expect(told(new World().drift('alb', RULE, paths('/help')))).toEqual([
      `stop opens ${RULE} /help Was opened outside of Terraform, and this plan leaves it so`,
    ]);
  });

  it('outside of Terraform among others, of which the plan opens one too', () => {
    const world = new World().drift('alb', RULE, paths('/*')).update('alb', RULE, paths('/help'));
    expect(told(world)).toContain(
      `stop opens ${RULE} /help Was opened outside of Terraform, and this plan leaves it so`,
    );
  });

  it('by each of them in part', () => {
    const world = new World().drift('alb', RULE, paths('/one')).update('alb', RULE, paths('/one', '/two'));
    expect(told(world)).toEqual([
      `stop opens ${RULE} /two Becomes reachable without a login`,
      `stop opens ${RULE} /one Was opened outside of Terraform, and this plan leaves it so`,
    ]);
  });

  it('again, after somebody closed it', () => {
    const world = new World().drift('alb', RULE, (rule) => paths()(rule));
    expect(told(world)).toEqual([]);
    const closed = new World().drift('alb', RULE, (rule) => {
      block(block(rule, 'condition'), 'path_pattern')['values'] = PATHS.slice(1);
    });
    expect(told(closed.update('alb', RULE, paths()))).toEqual([
      `stop opens ${RULE} /logged-out Becomes reachable without a login, as it was until it was closed outside of Terraform`,
    ]);
  });

  it('by another pool behind the login, which is no other answer by now', () => {
    const world = new World().drift('alb', 'aws_lb_listener.https', (listener) => {
      block(block(listener, 'default_action'), 'authenticate_cognito')['user_pool_arn'] =
        'arn:aws:cognito-idp:eu-west-1:222222222222:userpool/eu-west-1_other';
    });
    expect(told(world)).toEqual([
      'look answers-differently aws_lb_listener.https / Was led elsewhere outside of Terraform, and this plan leaves it so',
    ]);
  });

  it('is a request that is answered so before and after', () => {
    const [finding] = access(new World().drift('alb', RULE, paths('/help')));
    expect(finding?.witness).toMatchObject({ before: 'open', after: 'open', request: { path: '/help' } });
  });
});
