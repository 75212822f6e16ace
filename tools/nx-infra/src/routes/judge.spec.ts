import { type ApplicationRoute, type LoadBalancer, type Rule } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';

import { type RouteException } from './exceptions.ts';
import { judge } from './judge.ts';

const forward: Rule['actions'] = [{ type: 'forward', targetGroups: [{ arn: 'arn:app', weight: 1 }] }];
const redirect: Rule['actions'] = [
  { type: 'redirect', statusCode: 301, protocol: 'HTTPS', host: '#{host}', port: '443', path: '/#{path}', query: '' },
];
const login: Rule['actions'] = [
  {
    type: 'authenticate-cognito',
    userPoolArn: 'arn:pool',
    userPoolClientId: 'client',
    userPoolDomain: 'pool',
    sessionCookieName: 'session',
    scope: 'openid',
    sessionTimeoutSeconds: 60,
    onUnauthenticatedRequest: 'authenticate',
    authenticationRequestExtraParams: {},
  },
  ...forward,
];

/** Lets the paths through, redirects from HTTP, and asks for a login at all else. */
function opening(...values: readonly string[]): LoadBalancer {
  const address = 'aws_lb_listener.https';
  return {
    address: 'aws_lb.alb',
    name: 'alb',
    arn: 'arn:alb',
    attributes: {
      idleTimeoutSeconds: 60,
      dropInvalidHeaderFields: true,
      xffHeaderProcessing: 'append',
      preserveHostHeader: false,
      desyncMitigation: 'defensive',
      xffClientPort: false,
      wafFailOpen: false,
      tlsVersionAndCipherSuite: false,
    },
    targetGroups: [],
    listeners: [
      {
        address,
        arn: 'arn:https',
        port: 443,
        protocol: 'HTTPS',
        rules: [
          {
            address: 'aws_lb_listener_rule.public',
            priority: 1,
            conditions: [{ field: 'path-pattern', values }],
            actions: forward,
          },
          { address, priority: 'default', conditions: [], actions: login },
        ],
      },
      {
        address: 'aws_lb_listener.http',
        arn: 'arn:http',
        port: 80,
        protocol: 'HTTP',
        rules: [{ address: 'aws_lb_listener.http', priority: 'default', conditions: [], actions: redirect }],
      },
    ],
  };
}

const routes: readonly ApplicationRoute[] = [
  { name: 'GET /about', methods: ['GET'], paths: ['^/about$'], access: 'public' },
  { name: 'GET /admin', methods: ['GET'], paths: ['^/(?:a|%61)dmin$'], access: 'closed' },
];

const problems = (alb: LoadBalancer, ...exceptions: readonly RouteException[]): readonly string[] =>
  judge([alb], 'app.example.com', routes, exceptions).problems;

describe('a judgement', () => {
  it('finds nothing where both say the same, and what anybody gets to', () => {
    const { reached, problems } = judge([opening('/about')], 'app.example.com', routes, []);
    expect(problems).toEqual([]);
    expect(reached).toMatchObject([{ rule: 'aws_lb_listener_rule.public', route: 'GET /about' }]);
  });

  it('names both sides of a disagreement, with a request that shows it', () => {
    expect(problems(opening('/nowhere'))).toEqual([
      'not-let-through: GET /about is public in the application, and aws_lb_listener.https does not let it through: GET https://app.example.com/about',
      'dead-opening: aws_lb_listener_rule.public lets everybody through to no route, which the application has closed: GET https://app.example.com/nowhere',
    ]);
    expect(problems(opening('/about', '/?61dmin'))).toContainEqual(
      expect.stringContaining('lets everybody through to GET /admin, which the application has closed'),
    );
  });

  it('looks at every load balancer', () => {
    const two = [opening('/about'), opening('/about', '/admin')];
    expect(judge(two, 'app.example.com', routes, []).problems).toEqual([
      expect.stringContaining('lets everybody through to GET /admin, which the application has closed'),
    ]);
  });

  it('takes an exception for its own disagreement alone', () => {
    const meant = {
      kind: 'not-let-through',
      about: 'GET /about',
      reason: 'It is asked past the load balancer.',
    } as const;
    expect(problems(opening('/nowhere'), meant)).toEqual([expect.stringMatching(/^dead-opening/)]);
    expect(problems(opening('/nowhere'), { ...meant, about: 'GET /admin' })).toHaveLength(3);
  });

  it('finds an exception that excepts nothing', () => {
    const stale = { kind: 'dead-opening', about: 'aws_lb_listener_rule.public', reason: 'It was so once.' } as const;
    expect(problems(opening('/about'), stale)).toEqual([
      'The exception "dead-opening" about aws_lb_listener_rule.public excepts nothing any more: take it out',
    ]);
  });

  it('finds a rule of which nothing certain is known', () => {
    const alb = opening('/about');
    const [https] = alb.listeners;
    if (https === undefined) throw new Error('It has listeners');
    const unread: Rule = { address: 'odd', priority: 0, conditions: [], actions: [], unread: ['a condition'] };
    const listeners = [{ ...https, rules: [unread, ...https.rules] }];
    expect(problems({ ...alb, listeners })).toEqual([expect.stringMatching(/^odd is not decided/)]);
  });
});
