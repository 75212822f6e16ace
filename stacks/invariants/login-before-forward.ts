import { type Block, blocks, type Resource } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes, type Violation } from './invariant.ts';
import { LISTENER_RULES, LISTENERS } from './types.ts';

/** Actions that hand nothing to a target. */
const ANSWERS = ['redirect', 'fixed-response'];
const LOGINS = [
  { type: 'authenticate-cognito', settings: 'authenticate_cognito' },
  { type: 'authenticate-oidc', settings: 'authenticate_oidc' },
];
/** What a login action may do with a request of nobody; left out, AWS authenticates. `allow` lets it through. */
const REFUSALS: readonly unknown[] = ['authenticate', 'deny', undefined];

/**
 * Before each forward somebody is logged in, unless the rule is for paths of the environment's public list alone, or for
 * bearer tokens on the paths that the environment gives to machines: the application verifies those.
 */
export const loginBeforeForward: Invariant = (system) => [
  ...ofTypes(system, LISTENERS)
    .filter(({ body }) => !isGuarded(blocks(body, 'default_action')))
    .map((listener) => violation(listener, 'the default action')),
  ...ofTypes(system, LISTENER_RULES)
    .filter(({ body }) => !isGuarded(blocks(body, 'action')))
    .filter(({ body }) => !isNarrowedTo(body, system.environment.publicPaths))
    .filter(({ body }) => !(hasBearer(body) && isNarrowedTo(body, system.environment.machines?.paths ?? [])))
    .map((rule) => violation(rule, 'the rule')),
];

/** False unless every action is either an answer of the load balancer's own or comes after a login. */
function isGuarded(actions: readonly Block[]): boolean {
  const inOrder = actions.map((action, index) => ({ action, order: action['order'] ?? index + 1 }));
  // An order that is no number cannot be read, so neither can what comes first.
  if (actions.length === 0 || inOrder.some(({ order }) => typeof order !== 'number')) return false;
  inOrder.sort((a, b) => Number(a.order) - Number(b.order));
  const login = inOrder.findIndex(({ action }) => demandsLogin(action));
  return inOrder.every(
    ({ action }, index) => ANSWERS.includes(String(action['type'])) || (login !== -1 && index >= login),
  );
}

function demandsLogin(action: Block): boolean {
  const login = LOGINS.find(({ type }) => type === action['type']);
  const settings = login ? blocks(action, login.settings) : [];
  return settings.length === 1 && settings.every((block) => REFUSALS.includes(block['on_unauthenticated_request']));
}

/** True where a condition narrows the rule to paths of the list, as written; further conditions only narrow it more. */
function isNarrowedTo(rule: Block, paths: readonly string[]): boolean {
  return blocks(rule, 'condition').some((condition) => {
    const patterns = blocks(condition, 'path_pattern');
    return patterns.length > 0 && patterns.every(({ values }) => areListed(values, paths));
  });
}

/** True where a condition narrows the rule to requests that bring a bearer token (RFC 6750, section 2.1). */
function hasBearer(rule: Block): boolean {
  return blocks(rule, 'condition').some((condition) => {
    const headers = blocks(condition, 'http_header');
    return (
      headers.length > 0 &&
      headers.every(
        ({ http_header_name: name, values }) =>
          String(name).toLowerCase() === 'authorization' && areListed(values, ['Bearer *']),
      )
    );
  });
}

function areListed(values: unknown, allowed: readonly string[]): boolean {
  if (!Array.isArray(values) || values.length === 0) return false;
  return values.every((value) => allowed.includes(String(value)));
}

function violation({ address }: Resource, what: string): Violation {
  return {
    code: 'FORWARD_WITHOUT_LOGIN',
    address,
    what: `${what} hands requests to a target without a login first`,
    why: 'whoever knows the address reaches the application as nobody',
    mend:
      'put an authenticate-cognito action (on_unauthenticated_request not "allow") before the forward, or, if the ' +
      'paths are meant for everybody, list each of them in publicPaths of the environment; for machines, list them in ' +
      'machines.paths and add the condition that the header Authorization is "Bearer *"',
  };
}
