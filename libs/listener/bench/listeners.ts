import { type Action, type Condition, type Listener, type Rule } from '../src/model.ts';

/** A listener at the quota: 100 rules, of at most five values and five wildcards each. */
export interface Shape {
  readonly name: string;
  readonly listener: Listener;
}

const rules = 100;

const forward: Action = { type: 'forward', targetGroups: [{ arn: 'arn:app', weight: 1 }] };
const login: Action = {
  type: 'authenticate-cognito',
  userPoolArn: 'arn:pool',
  userPoolClientId: 'client',
  userPoolDomain: 'shop',
  sessionCookieName: 'AWSELBAuthSessionCookie',
  scope: 'openid',
  sessionTimeoutSeconds: 3600,
  onUnauthenticatedRequest: 'authenticate',
  authenticationRequestExtraParams: {},
};

const path = (...values: readonly string[]): Condition => ({ field: 'path-pattern', values });
const host = (...values: readonly string[]): Condition => ({ field: 'host-header', values });

const nouns = ['admin', 'users', 'orders', 'reports', 'static', 'assets', 'health', 'items', 'search', 'login'];
const word = (index: number): string => `${nouns[index % nouns.length]}${index}`;

/** Letters and wildcards, the same ones in every run. */
function scramble(index: number, length: number): string {
  return Array.from({ length }, (_, place) => 'aab*bba?'.charAt((((index + 7) * (place + 3) * 40_503) >> 3) % 8)).join(
    '',
  );
}

function listenerOf(conditions: (index: number) => readonly Condition[]): Listener {
  const numbered = Array.from({ length: rules }, (_, index): Rule => ({
    address: `aws_lb_listener_rule.r${index}`,
    priority: index + 1,
    conditions: conditions(index),
    actions: index % 3 === 0 ? [forward] : [login, forward],
  }));
  const last: Rule = {
    address: 'aws_lb_listener.https',
    priority: 'default',
    conditions: [],
    actions: [login, forward],
  };
  return { address: last.address, arn: 'arn:https', port: 443, protocol: 'HTTPS', rules: [...numbered, last] };
}

const conditions: Readonly<Record<string, (index: number) => readonly Condition[]>> = {
  'hosts of teams, paths of services': (index) => [
    host(`*.team${index % 10}.example.com`),
    path(`/${word(index)}/*`, `/api/v?/${word(index)}/*`, `/${word(index)}`, `*/${word(index)}.json`),
  ],
  'five exact paths': (index) => [path(...[0, 1, 2, 3, 4].map((page) => `/${word(index)}/${page}`))],
  'words anywhere in the path': (index) => [
    path(`*${word(index)}*`, `*${word(index + 50)}`, `/${word(index)}?*`, `/x${index}`, `/y${index}`),
  ],
  'two words anywhere in the path': (index) => [path(`/*/${word(index)}*/${word(index + 1)}*`, `/${index}/*`)],
  'wildcards in hosts and paths': (index) => [
    host(`*.${word(index)}.com`, `*${index}.org`),
    path(`/*/${word(index)}*`, `*${word(index + 3)}`),
  ],
  'headers, queries and paths': (index) => [
    { field: 'http-header', name: `x-${index % 5}`, values: [`*${word(index)}*`] },
    { field: 'query-string', values: [{ key: `k${index % 7}`, value: `*${index}*` }] },
    path(`/${word(index)}*`),
  ],
  'sources and methods': (index) => [
    { field: 'source-ip', values: [`10.${index}.0.0/16`, `2001:db8:${index}::/48`] },
    { field: 'http-request-method', values: ['GET'] },
    path(`/${word(index)}/*`, `/*/${word(index)}`),
  ],
  'a letter, then four of any': (index) => [path(`/*${'abcdefghij'[index % 10]}???${'klmnopqrstu'[index % 11]}`)],
  'short patterns that shadow each other': (index) => [
    path(`/${scramble(index, 4)}`),
    host(`${scramble(index + 11, 3)}.b`),
    { field: 'http-request-method', values: [['GET', 'POST', 'PUT'][index % 3] ?? 'GET'] },
  ],
};

export const shapes: readonly Shape[] = Object.entries(conditions).map(([name, of]) => ({
  name,
  listener: listenerOf(of),
}));

/** One rule taken out, one moved to the end. */
export function edited(listener: Listener): Listener {
  const [moved, ...others] = listener.rules.filter((_, index) => index !== rules / 2);
  return moved === undefined ? listener : { ...listener, rules: [...others.slice(0, -1), moved, ...others.slice(-1)] };
}

/** The same conditions in another order, under other actions: every rule differs from every other. */
export function rewritten(listener: Listener): Listener {
  const last = listener.rules.length - 1;
  const rewrite = (rule: Rule, index: number): Rule =>
    index === last
      ? rule
      : {
          address: `aws_lb_listener_rule.n${index}`,
          priority: index + 1,
          conditions: listener.rules[(index * 37) % last]?.conditions ?? [],
          actions: index % 2 === 0 ? [login, forward] : [forward],
        };
  return { ...listener, rules: listener.rules.map(rewrite) };
}
