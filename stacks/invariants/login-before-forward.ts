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

/** Before each forward somebody is logged in, unless the rule is for paths of the environment's public list alone. */
export const loginBeforeForward: Invariant = (system) => [
  ...ofTypes(system, LISTENERS)
    .filter(({ body }) => !isGuarded(blocks(body, 'default_action')))
    .map((listener) => violation(listener, 'the default action')),
  ...ofTypes(system, LISTENER_RULES)
    .filter(({ body }) => !isGuarded(blocks(body, 'action')) && !isPublic(body, system.environment.publicPaths))
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

/** True where a condition narrows the rule to exact paths of the list; further conditions only narrow it more. */
function isPublic(rule: Block, publicPaths: readonly string[]): boolean {
  return blocks(rule, 'condition').some((condition) => {
    const patterns = blocks(condition, 'path_pattern');
    return patterns.length > 0 && patterns.every(({ values }) => areListed(values, publicPaths));
  });
}

function areListed(values: unknown, publicPaths: readonly string[]): boolean {
  if (!Array.isArray(values) || values.length === 0) return false;
  return values.every((value) => publicPaths.includes(String(value)));
}

function violation({ address }: Resource, what: string): Violation {
  return {
    code: 'FORWARD_WITHOUT_LOGIN',
    address,
    what: `${what} hands requests to a target without a login first`,
    why: 'whoever knows the address reaches the application as nobody',
    mend:
      'put an authenticate-cognito action (on_unauthenticated_request not "allow") before the forward, or, if the ' +
      'paths are meant for everybody, list each of them in publicPaths of the environment',
  };
}
