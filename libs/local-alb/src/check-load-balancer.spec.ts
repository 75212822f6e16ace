import { type Action, type Listener, type LoadBalancer, type TargetGroup, type Transform } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';

import { checkLoadBalancer } from './check-load-balancer.ts';
import {
  authenticateAction,
  forwardAction,
  httpListener,
  httpsListener,
  loadBalancer,
  loginRule,
  oidcAction,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';

const withActions = (...actions: readonly Action[]): LoadBalancer =>
  loadBalancer([httpsListener(rule('default', actions))]);

const rewrite: Transform = { type: 'url-rewrite', regex: '^/a', replace: '/b' };
const withTransforms = (...transforms: readonly Transform[]): LoadBalancer =>
  loadBalancer([httpsListener({ ...pathRule(1, '/a', forwardAction), transforms }, loginRule)]);

const speaking = (protocolVersion: TargetGroup['protocolVersion'], listener: Listener): LoadBalancer => {
  const made = loadBalancer([listener]);
  return { ...made, targetGroups: made.targetGroups.map((group) => ({ ...group, protocolVersion }) as TargetGroup) };
};

describe('checkLoadBalancer', () => {
  it('accepts what AWS would', () => {
    expect(() =>
      checkLoadBalancer(loadBalancer([httpsListener(pathRule(1, '/a', forwardAction), loginRule)])),
    ).not.toThrow();
    expect(() => checkLoadBalancer(withTransforms(rewrite, { ...rewrite, type: 'host-header-rewrite' }))).not.toThrow();
    const open = httpsListener(rule('default', [forwardAction]));
    expect(() => checkLoadBalancer(speaking('HTTP2', open))).not.toThrow();
    expect(() => checkLoadBalancer(speaking('GRPC', open))).not.toThrow();
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
    ['an action that is not known', withActions({ type: 'something-new' } as unknown as Action, forwardAction)],
    ['a client of OpenID Connect whose secret nobody knows', withActions(oidcAction, forwardAction)],
    [
      'a login with OpenID Connect over HTTP',
      loadBalancer([httpListener(rule('default', [oidcAction, forwardAction]))]),
    ],
    ['a login before targets of gRPC', speaking('GRPC', httpsListener(loginRule))],
    ['targets of HTTP/2 on an HTTP listener', speaking('HTTP2', httpListener(rule('default', [forwardAction])))],
    ['a default rule that rewrites', loadBalancer([httpsListener({ ...loginRule, transforms: [rewrite] })])],
    ['two rewrites of one kind', withTransforms(rewrite, rewrite)],
    ['a rewrite that is not known', withTransforms({ ...rewrite, type: 'query-rewrite' } as unknown as Transform)],
    ['a rewrite with what AWS does not take', withTransforms({ ...rewrite, regex: '^/(?!admin)' })],
    ['a rule that was not read in whole', loadBalancer([httpsListener({ ...loginRule, unread: ['something'] })])],
    [
      'a cookie name that is none',
      withActions({ ...authenticateAction, sessionCookieName: 'a=b; Path=/x' }, forwardAction),
    ],
  ])('refuses %s [A2.1 D, A2.2 D, A2.11 D, A2.12 D, G1 D]', (_, configuration) => {
    let failure: unknown;
    try {
      checkLoadBalancer(configuration);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ name: 'LocalAlbError', code: 'INVALID_LISTENER' });
  });

  it('takes a rule that checks tokens by HTTPS, on HTTPS, for something [A2.9 D, G1 D]', () => {
    const action = {
      type: 'jwt-validation',
      issuer: 'https://i',
      jwksEndpoint: 'https://i/jwks',
      additionalClaims: [],
    } as const;
    const refused = expect.objectContaining({ code: 'INVALID_LISTENER' });
    expect(() => checkLoadBalancer(withActions(action, forwardAction))).not.toThrow();
    const claim = { name: 'scope', format: 'string-array', values: [] } as const;
    for (const change of [
      ...[
        { jwksEndpoint: 'http://i/jwks' },
        { jwksEndpoint: '${var.jwks}' },
        { issuer: '${var.issuer}' },
        { issuer: '' },
      ],
      { additionalClaims: [claim] },
    ]) {
      expect(() => checkLoadBalancer(withActions({ ...action, ...change }, forwardAction))).toThrow(refused);
    }
    const plain = loadBalancer([httpListener(rule('default', [action, forwardAction]))]);
    for (const one of [plain, withActions(action), withActions(forwardAction, action)]) {
      expect(() => checkLoadBalancer(one)).toThrow(refused);
    }
  });

  it('takes a login with OpenID Connect whose secret is known', () => {
    expect(() => checkLoadBalancer(withActions(oidcAction, forwardAction), () => true)).not.toThrow();
  });

  it.each(['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint', 'clientId'] as const)(
    'refuses an %s of OpenID Connect that is not known, and an address that is not HTTPS [A2.10 D, G1 D]',
    (name) => {
      const addresses = [
        'http://id.example.com/x',
        'https://',
        'id.example.com',
        'https://u:p@id.example.com',
        'https://a#b',
      ];
      for (const value of ['${var.x}', ...(name === 'clientId' ? [] : addresses)]) {
        const check = () => checkLoadBalancer(withActions({ ...oidcAction, [name]: value }, forwardAction), () => true);
        expect(check).toThrow(expect.objectContaining({ code: 'INVALID_LISTENER' }));
      }
    },
  );
});
