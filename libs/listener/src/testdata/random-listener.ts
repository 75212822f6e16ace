import fc from 'fast-check';
import { type Action, type Condition, type Listener, type Rule } from '../model.ts';

/** What the conditions and the requests of the oracle are made of: small enough to try everything. */
export const letters = ['a', 'b'] as const;

const pattern = (...units: readonly string[]) =>
  fc.array(fc.constantFrom(...units), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(''));

const patterns = fc.array(pattern('a', 'b', '*', '?', 'a*'), { minLength: 1, maxLength: 2 });

const path = fc
  .array(
    pattern('a', 'b', '*', '?', '/').map((rest) => `/${rest}`),
    { minLength: 1, maxLength: 2 },
  )
  .map((values): Condition => ({ field: 'path-pattern', values }));

const pathRegex = fc
  .constantFrom('^/a', 'b$', '^/(a|b)+$', '^/[^a]', 'a.b?', '^/a{2,3}$')
  .map((regex): Condition => ({ field: 'path-pattern', values: [], regexValues: [regex] }));

const host = fc
  .array(
    pattern('a', 'b', '*', '?').map((label) => `${label}.b`),
    { minLength: 1, maxLength: 2 },
  )
  .map((values): Condition => ({ field: 'host-header', values }));

const header = fc
  .tuple(fc.constantFrom('X-One', 'x-two'), patterns)
  .map(([name, values]): Condition => ({ field: 'http-header', name, values }));

const query = fc
  .array(
    fc.record({ key: pattern('a', 'b', '*'), value: pattern('a', 'b', '*', '?', '\\*') }, { requiredKeys: ['value'] }),
    {
      minLength: 1,
      maxLength: 2,
    },
  )
  .map((values): Condition => ({ field: 'query-string', values }));

const method = fc
  .subarray(['GET', 'POST'], { minLength: 1 })
  .map((values): Condition => ({ field: 'http-request-method', values }));

export const networks = ['10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0', '2001:db8::/32', '::/0'] as const;

const source = fc
  .subarray([...networks], { minLength: 1, maxLength: 2 })
  .map((values): Condition => ({ field: 'source-ip', values }));

/** At most one condition of those that may not be repeated. */
const conditions = fc
  .tuple(
    fc.option(fc.oneof({ weight: 4, arbitrary: path }, pathRegex)),
    fc.option(host, { freq: 2 }),
    fc.option(method, { freq: 2 }),
    fc.array(header, { maxLength: 2 }),
    fc.array(query, { maxLength: 2 }),
    fc.option(source, { freq: 2 }),
  )
  .map(([one, two, three, headers, queries, four]) =>
    [one, two, three, ...headers, ...queries, four].filter((condition) => condition !== null),
  )
  // Rules with few conditions shadow each other more often.
  .chain((all) => fc.subarray(all, { maxLength: Math.min(3, all.length) }))
  .filter((all) => all.length > 0);

const login: Action = {
  type: 'authenticate-oidc',
  issuer: 'https://issuer',
  authorizationEndpoint: 'https://issuer/authorize',
  tokenEndpoint: 'https://issuer/token',
  userInfoEndpoint: 'https://issuer/userinfo',
  clientId: 'client',
  sessionCookieName: 'session',
  scope: 'openid',
  sessionTimeoutSeconds: 60,
  onUnauthenticatedRequest: 'authenticate',
  authenticationRequestExtraParams: {},
};
const forward: Action = { type: 'forward', targetGroups: [{ arn: 'arn:app', weight: 1 }] };

const actions = fc.constantFrom<readonly Action[]>(
  [forward],
  [login, forward],
  [{ ...login, onUnauthenticatedRequest: 'allow' }, forward],
  [{ type: 'fixed-response', statusCode: 404, contentType: 'text/plain', messageBody: '' }],
);

const rule = fc.tuple(conditions, actions).map(([conditions, actions]) => ({ conditions, actions }));

function listenerWith(rules: readonly Pick<Rule, 'conditions' | 'actions'>[], last: readonly Action[]): Listener {
  const numbered = rules.map(({ conditions, actions }, index): Rule => {
    // It follows the content and not the place, as a rule keeps its Terraform address when it moves.
    const content = JSON.stringify(conditions);
    const copies = rules.slice(0, index).filter((other) => JSON.stringify(other.conditions) === content).length;
    return { address: `rule.${content}.${copies}`, priority: 10 * (index + 1), conditions, actions };
  });
  return {
    address: 'listener',
    arn: 'listener',
    port: 443,
    protocol: 'HTTPS',
    rules: [...numbered, { address: 'listener', priority: 'default', conditions: [], actions: last }],
  };
}

export const randomListener: fc.Arbitrary<Listener> = fc
  .tuple(fc.array(rule, { maxLength: 5 }), actions)
  .map(([rules, last]) => listenerWith(rules, last));

/** A listener, and one that came of it by an edit: rules moved, taken away, added, or with other actions. */
export const randomEdit: fc.Arbitrary<readonly [before: Listener, after: Listener]> = fc
  .tuple(fc.array(rule, { maxLength: 4 }), actions, fc.array(rule, { maxLength: 1 }), actions, fc.boolean())
  .chain(([rules, last, added, otherActions, otherLast]) =>
    fc.tuple(
      fc.constant(listenerWith(rules, last)),
      fc
        .shuffledSubarray([...rules, ...added], { minLength: Math.max(0, rules.length - 1) })
        .map((edited) => listenerWith(edited, otherLast ? otherActions : last)),
    ),
  );
