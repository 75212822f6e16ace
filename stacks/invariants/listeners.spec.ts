import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { type Environment } from '../environments/index.ts';
import { local } from '../environments/local.ts';
import { everything } from '../testing/everything.ts';
import { checkInvariants } from './check.ts';
import { systemOf } from './invariant.ts';
import { codesWith, full, sound } from './testing/broken.ts';
import { cognito, forward, paths, rule } from './testing/rules.ts';

describe('a login comes before every forward', () => {
  it.each([
    ['a rule for a path that is not listed', rule(forward, paths('/admin'))],
    ['a listed path beside one that is not', rule(forward, paths('/logged-out', '/admin'))],
    ['a pattern that contains a listed path', rule(forward, paths('/logged-out*'))],
    ['a listed path in other letters', rule(forward, paths('/Logged-Out'))],
    ['a rule without a path', rule(forward, { host_header: { values: ['app.localhost'] } })],
    ['a rule without a condition', rule(forward, [])],
    ['an empty list of paths', rule(forward, paths())],
    ['paths that are a reference', rule(forward, { path_pattern: { values: '${var.paths}' } })],
    [
      'a second, wider path condition',
      rule(forward, { path_pattern: [paths('/logged-out').path_pattern, { values: ['*'] }] }),
    ],
    [
      'a login that lets nobody pass too',
      rule([cognito({ on_unauthenticated_request: 'allow' }), forward], paths('/x')),
    ],
    [
      'a login whose behaviour is a reference',
      rule([cognito({ on_unauthenticated_request: '${var.x}' }), forward], paths('/x')),
    ],
    ['a login without settings', rule([{ type: 'authenticate-cognito' }, forward], paths('/x'))],
    ['a login after the forward', rule([forward, cognito()], paths('/x'))],
    [
      'a login whose order is after the forward',
      rule(
        [
          { ...cognito(), order: 2 },
          { ...forward, order: 1 },
        ],
        paths('/x'),
      ),
    ],
    [
      'an order that cannot be read',
      rule(
        [
          { ...cognito(), order: '${1}' },
          { ...forward, order: 2 },
        ],
        paths('/x'),
      ),
    ],
    ['an action that is not known', rule({ type: 'jwt-validation' }, paths('/x'))],
    ['an action of a type that is a reference', rule({ type: '${var.type}' }, paths('/x'))],
    ['no action that can be read', rule('${var.actions}', paths('/x'))],
  ])('refuses %s', (_, body) => {
    expect(codesWith('alb', 'aws_lb_listener_rule.added', body)).toContain('FORWARD_WITHOUT_LOGIN');
    // The provider's other name for the same resource.
    expect(codesWith('alb', 'aws_alb_listener_rule.added', body)).toContain('FORWARD_WITHOUT_LOGIN');
  });

  it.each([
    ['listed paths', rule(forward, paths('/assets/gatehouse.css', '/logged-out'))],
    [
      'a listed path, narrowed further',
      rule(forward, [paths('/logged-out'), { http_request_method: { values: ['GET'] } }]),
    ],
    ['a login, then a forward', rule([cognito(), forward], paths('/x'))],
    ['a login that answers 401', rule([cognito({ on_unauthenticated_request: 'deny' }), forward], paths('/x'))],
    [
      'a login first by order',
      rule(
        [
          { ...forward, order: 2 },
          { ...cognito(), order: 1 },
        ],
        paths('/x'),
      ),
    ],
    ['a login at another provider', rule([{ type: 'authenticate-oidc', authenticate_oidc: {} }, forward], paths('/x'))],
    ['an answer of its own', rule({ type: 'fixed-response', fixed_response: { status_code: '404' } }, paths('/x'))],
  ])('takes %s', (_, body) => {
    expect(codesWith('alb', 'aws_lb_listener_rule.added', body)).toEqual([]);
  });

  it('refuses a default action that forwards whoever comes', () => {
    expect(codesWith('alb', 'aws_lb_listener.https', { default_action: [forward] })).toContain('FORWARD_WITHOUT_LOGIN');
    expect(codesWith('alb', 'aws_lb_listener.https', { default_action: [] })).toContain('FORWARD_WITHOUT_LOGIN');
  });

  it('refuses another listener that forwards, of any kind of load balancer', () => {
    const body = { protocol: 'TCP', port: 25, default_action: [forward] };
    expect(codesWith('ecs', 'aws_lb_listener.other', body)).toContain('FORWARD_WITHOUT_LOGIN');
  });

  it('takes exactly the lists of paths that are part of the public list', () => {
    const path = fc.constantFrom(...local.publicPaths, '/', '/admin', '/logged-out/', '*');
    fc.assert(
      fc.property(fc.array(path, { minLength: 1, maxLength: 5 }), (values) => {
        const isListed = values.every((value) => local.publicPaths.includes(value));
        const codes = codesWith('alb', 'aws_lb_listener_rule.added', rule(forward, paths(...values)));
        expect(codes.includes('FORWARD_WITHOUT_LOGIN')).toBe(!isListed);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a bearer token passes for the application to verify', () => {
  const bearer = (name: string, ...values: readonly unknown[]) => ({
    http_header: { http_header_name: name, values },
  });
  const token = bearer('Authorization', 'Bearer *');
  const codes = (conditions: unknown, environment: Environment = everything) =>
    codesWith('alb', 'aws_lb_listener_rule.added', rule(forward, conditions), environment);

  it('on the paths of machines, in any letters of the header', () => {
    expect(codes([paths('/api/*'), token])).toEqual([]);
    expect(codes([paths('/graphql', '/api/*'), bearer('authorization', 'Bearer *')])).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['a path that is not a machine path', [paths('/admin'), token]],
    ['one path of machines and another', [paths('/api/*', '/admin'), token]],
    ['every path', token],
    ['a wider pattern', [paths('/*'), token]],
    ['a machine path without the header', paths('/api/*')],
    ['another header', [paths('/api/*'), bearer('X-Token', 'Bearer *')]],
    ['another scheme', [paths('/api/*'), bearer('Authorization', 'Basic *')]],
    ['any value', [paths('/api/*'), bearer('Authorization', '*')]],
    ['a bearer token or any value', [paths('/api/*'), bearer('Authorization', 'Bearer *', '*')]],
    ['no value', [paths('/api/*'), bearer('Authorization')]],
    [
      'values that are a reference',
      [paths('/api/*'), { http_header: { http_header_name: 'Authorization', values: '${var.x}' } }],
    ],
  ])('not on %s', (_, conditions) => {
    expect(codes(conditions)).toContain('FORWARD_WITHOUT_LOGIN');
  });

  it('not where the environment has no machines', () => {
    expect(codes([paths('/api/*'), token], local)).toContain('FORWARD_WITHOUT_LOGIN');
    expect(codes([paths('/api/*'), token], { ...everything, machines: null })).toContain('FORWARD_WITHOUT_LOGIN');
  });
});

describe('every login is the same', () => {
  it.each([
    'user_pool_arn',
    'user_pool_client_id',
    'user_pool_domain',
    'scope',
    'session_cookie_name',
    'session_timeout',
  ])('refuses a rule whose login has another %s', (key) => {
    const body = rule([cognito({ [key]: 'another' }), forward], paths('/x'));
    expect(codesWith('alb', 'aws_lb_listener_rule.added', body)).toEqual(['LOGIN_DIFFERS']);
  });
});

describe('API paths answer 401', () => {
  const api = (body: object) => codesWith('alb', 'aws_lb_listener_rule.api_1', body, everything);
  const [denied] = full.body('alb', 'aws_lb_listener_rule.api_1')['action'] as [{ authenticate_cognito: object }];
  const path = (...values: readonly string[]) => [paths(...values)];

  it.each<[string, object]>([
    [
      'send to the login',
      {
        action: [
          {
            ...denied,
            authenticate_cognito: { ...denied.authenticate_cognito, on_unauthenticated_request: 'authenticate' },
          },
          forward,
        ],
      },
    ],
    ['leave one out', { condition: path('/api', '/api/*') }],
    ['name another', { condition: path('/api', '/api/*', '/other') }],
    [
      'hold for some requests only',
      { condition: [...path('/api', '/api/*', '/graphql'), { http_request_method: { values: ['GET'] } }] },
    ],
  ])('refuses rules that %s', (_, body) => {
    expect(api(body)).toContain('API_NOT_DENIED');
  });

  it('asks for a rule as soon as the environment has an API path', () => {
    const { stacks } = sound;
    const environment = { ...local, apiPaths: ['/api/*'] };
    expect(() => checkInvariants(systemOf(environment, stacks))).toThrow('API_NOT_DENIED');
  });
});

describe('HTTP only redirects', () => {
  const redirect = (to: object) => ({ type: 'redirect', redirect: { status_code: 'HTTP_301', ...to } });

  it.each([
    ['a forward, with a login', [cognito(), forward]],
    ['an answer', [{ type: 'fixed-response', fixed_response: { status_code: '200' } }]],
    ['a redirect to HTTP', [redirect({ protocol: 'HTTP', port: '8443' })]],
    ['a redirect that keeps the protocol', [redirect({ port: '8443' })]],
    ['a redirect to another port', [redirect({ protocol: 'HTTPS', port: '443' })]],
  ])('refuses %s', (_, actions) => {
    expect(codesWith('alb', 'aws_lb_listener.http', { default_action: actions })).toContain('HTTP_NOT_REDIRECTED');
  });

  it('takes a listener without a protocol for HTTP', () => {
    expect(codesWith('alb', 'aws_lb_listener.https', { protocol: undefined })).toContain('HTTP_NOT_REDIRECTED');
  });

  it.each(['${aws_lb_listener.http.arn}', 'arn:aws:elasticloadbalancing:somewhere', '${var.listener}'])(
    'refuses even a public rule on the listener %s',
    (listener) => {
      const body = { ...rule(forward, paths('/logged-out')), listener_arn: listener };
      expect(codesWith('alb', 'aws_lb_listener_rule.added', body)).toContain('HTTP_NOT_REDIRECTED');
    },
  );
});

describe('the load balancer passes on no header that reads as another', () => {
  it.each([
    { drop_invalid_header_fields: false },
    { drop_invalid_header_fields: undefined },
    { desync_mitigation_mode: 'monitor' },
    { desync_mitigation_mode: '${var.mode}' },
  ])('refuses %j', (body) => {
    expect(codesWith('alb', 'aws_lb.alb', body)).toEqual(['HEADERS_KEPT']);
  });
});
