import { type Action, type LoadBalancer } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';

import { checkLoadBalancer } from './check-load-balancer.ts';
import {
  authenticateAction,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';

const withActions = (...actions: readonly Action[]): LoadBalancer =>
  loadBalancer([httpsListener(rule('default', actions))]);

describe('checkLoadBalancer', () => {
  it('accepts what AWS would', () => {
    expect(() =>
      checkLoadBalancer(loadBalancer([httpsListener(pathRule(1, '/a', forwardAction), loginRule)])),
    ).not.toThrow();
  });

  it.each<[string, LoadBalancer]>([
    ['a login over HTTP', loadBalancer([httpListener(loginRule)])],
    ['no default rule', loadBalancer([httpsListener(pathRule(1, '/a', forwardAction))])],
    ['no rule', loadBalancer([httpsListener()])],
    ['no action', withActions()],
    ['no routing action', withActions(authenticateAction)],
    ['a routing action before the login', withActions(forwardAction, authenticateAction)],
    ['two routing actions', withActions(forwardAction, forwardAction)],
    ['an unknown target group', withActions({ type: 'forward', targetGroups: [{ arn: 'other', weight: 1 }] })],
    [
      'an unresolved client',
      withActions({ ...authenticateAction, userPoolClientId: '${aws_cognito_user_pool_client.alb.id}' }, forwardAction),
    ],
    ['an unresolved ARN', loadBalancer([httpsListener(loginRule)], { arn: '${aws_lb.alb.arn}' })],
    [
      'a cookie name that is none',
      withActions({ ...authenticateAction, sessionCookieName: 'a=b; Path=/x' }, forwardAction),
    ],
  ])('refuses %s', (_, configuration) => {
    let failure: unknown;
    try {
      checkLoadBalancer(configuration);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ name: 'LocalAlbError', code: 'INVALID_LISTENER' });
  });
});
