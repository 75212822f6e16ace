import { type Block, blocks } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes } from './invariant.ts';
import { LISTENER_RULES } from './types.ts';

/** Each path that the environment calls an API answers 401 to nobody: a script can do nothing with a login page. */
export const apiDenied: Invariant = (system) => {
  const denied = ofTypes(system, LISTENER_RULES)
    .filter(({ body }) => denies(body))
    .flatMap(({ body }) => blocks(body, 'condition'))
    .flatMap((condition) => blocks(condition, 'path_pattern'))
    .flatMap(({ values }) => (Array.isArray(values) ? (values as readonly unknown[]) : []));
  return system.environment.apiPaths
    .filter((path) => !denied.includes(path))
    .map((path) => ({
      code: 'API_NOT_DENIED',
      address: 'alb',
      what: `no rule answers 401 on ${path}, which apiPaths of the environment has`,
      why: 'a script is then sent to a login page of another origin, which its browser refuses it',
      mend: 'give the path a rule of its own, with an authenticate-cognito action whose on_unauthenticated_request is "deny"',
    }));
};

/** True for a rule of paths alone: a further condition would let some requests past it, to the default action. */
function denies(rule: Block): boolean {
  const conditions = blocks(rule, 'condition').filter((condition) => Object.keys(condition).length > 0);
  return (
    conditions.length === 1 &&
    blocks(rule, 'action').some((action) =>
      blocks(action, 'authenticate_cognito').some((login) => login['on_unauthenticated_request'] === 'deny'),
    )
  );
}
