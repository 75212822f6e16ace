import { type Action, type Condition, type Listener, type LoadBalancer, type Rule } from '@gatehouse/listener';
import fc from 'fast-check';

import { authenticateAction, loadBalancer, oidcAction } from './load-balancer.ts';

/** The target groups of random rules. */
export const targetGroupArns = ['arn:blue', 'arn:green'] as const;

const login = (userPoolClientId: string, onUnauthenticatedRequest: 'authenticate' | 'allow' | 'deny'): Action => ({
  ...authenticateAction,
  userPoolClientId,
  userPoolDomain: `pool-of-${userPoolClientId}`,
  sessionCookieName: `session-${userPoolClientId}`,
  onUnauthenticatedRequest,
});
const elsewhereLogin = (onUnauthenticatedRequest: 'authenticate' | 'allow' | 'deny'): Action => ({
  ...oidcAction,
  onUnauthenticatedRequest,
});
const tokens: Action = {
  type: 'jwt-validation',
  issuer: 'https://id.example.com',
  jwksEndpoint: 'https://id.example.com/jwks.json',
  additionalClaims: [],
};
const forward = (arn: string): Action => ({ type: 'forward', targetGroups: [{ arn, weight: 1 }] });
const elsewhere: Action = {
  type: 'redirect',
  statusCode: 302,
  protocol: 'HTTPS',
  host: 'elsewhere.example.com',
  port: '443',
  path: '/moved',
  query: '',
};
const fixed = (statusCode: number): Action => ({
  type: 'fixed-response',
  statusCode,
  contentType: 'text/plain',
  messageBody: `fixed ${statusCode}`,
});

const actions = fc.oneof(
  fc.constantFrom(...targetGroupArns).map((arn) => [forward(arn)]),
  fc
    .tuple(
      fc.constantFrom('one', 'two', 'elsewhere'),
      fc.constantFrom('authenticate', 'allow', 'deny'),
      fc.constantFrom(...targetGroupArns),
    )
    .map(([client, mode, arn]) => [client === 'elsewhere' ? elsewhereLogin(mode) : login(client, mode), forward(arn)]),
  fc.constantFrom(...targetGroupArns).map((arn) => [tokens, forward(arn)]),
  fc.constantFrom([elsewhere], [fixed(404)], [fixed(503)]),
);

const text = fc.string({ unit: fc.constantFrom('a', 'B', '/', '-', '.', '*', '?'), maxLength: 5 });
const value = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), minLength: 1, maxLength: 3 });

const conditions: fc.Arbitrary<readonly Condition[]> = fc
  .tuple(
    fc.array(text, { minLength: 1, maxLength: 2 }).map((rest): Condition => {
      return { field: 'path-pattern', values: rest.map((one) => `/${one}`) };
    }),
    value.map((label): Condition => ({ field: 'host-header', values: [`${label}.example.com`] })),
    value.map((one): Condition => ({ field: 'http-header', name: 'X-Kind', values: [one] })),
    value.map((one): Condition => ({ field: 'query-string', values: [{ key: 'tab', value: one }] })),
    fc.constantFrom(['POST'], ['GET', 'PUT']).map((values): Condition => ({ field: 'http-request-method', values })),
    // The client of a test is this machine.
    fc.constantFrom('127.0.0.0/8', '192.0.2.0/24').map((range): Condition => ({ field: 'source-ip', values: [range] })),
  )
  .chain((all) => fc.subarray(all, { minLength: 1, maxLength: 3 }));

/** A load balancer with one HTTPS listener, of up to `most` rules of every kind. */
export const randomLoadBalancer = (most: number): fc.Arbitrary<LoadBalancer> =>
  fc.tuple(fc.array(fc.tuple(conditions, actions), { maxLength: most }), actions).map(([rules, last]) =>
    frontOf([
      ...rules.map(([held, acts], index): Rule => {
        return { address: `rule.${index}`, priority: index + 1, conditions: held, actions: acts };
      }),
      { address: 'aws_lb_listener.https', priority: 'default', conditions: [], actions: last },
    ]),
  );

/** At the quota: 100 rules of five values, logins between them. */
export const quotaLoadBalancer: LoadBalancer = frontOf([
  ...Array.from({ length: 100 }, (_, index): Rule => {
    const values = ['a', 'b', 'c', 'd', 'e'].map((letter) => `/${letter}${index % 50}/*`);
    const arn = targetGroupArns[index % 2] ?? '';
    const behind = index % 3 === 0 ? [login(index % 2 === 0 ? 'one' : 'two', 'authenticate')] : [];
    const method: readonly Condition[] = index < 50 ? [{ field: 'http-request-method', values: ['POST'] }] : [];
    return {
      address: `rule.${index}`,
      priority: index + 1,
      conditions: [{ field: 'path-pattern', values: values.slice(method.length) }, ...method],
      actions: [...behind, forward(arn)],
    };
  }),
  { address: 'aws_lb_listener.https', priority: 'default', conditions: [], actions: [fixed(404)] },
]);

function frontOf(rules: readonly Rule[]): LoadBalancer {
  const listener: Listener = {
    address: 'aws_lb_listener.https',
    arn: 'arn:https',
    port: 0,
    protocol: 'HTTPS',
    rules,
  };
  const targetGroups = targetGroupArns.map((arn) => {
    return {
      address: `aws_lb_target_group.${arn.slice(4)}`,
      arn,
      name: arn.slice(4),
      port: 3000,
      protocol: 'HTTP' as const,
    };
  });
  return loadBalancer([listener], { targetGroups });
}
