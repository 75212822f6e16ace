import { ListenerError } from '../errors.ts';
import { type Action } from '../model.ts';
import { type ActionContext, readAction } from './action.ts';

/** The actions that decide who gets to the next one. */
const guards: readonly (Action['type'] | undefined)[] = ['authenticate-cognito', 'authenticate-oidc', 'jwt-validation'];

/**
 * The actions of a rule in the order of execution: any authentication first, then the one that routes.
 *
 * @throws ListenerError `DUPLICATE_ORDER`, `ROUTING_ACTION_MISPLACED`, `AUTHENTICATION_ON_HTTP`, `UNSUPPORTED_FEATURE`
 */
export function readActions(
  written: readonly unknown[],
  field: 'action' | 'default_action',
  context: ActionContext,
  address: string,
): readonly Action[] {
  const ordered = written
    .map((action, index) => readAction(action, index, context, { address, field: `${field}.${index}` }))
    .sort((one, other) => one.order - other.order);
  const actions = ordered.map(({ action }) => action);
  const authentications = actions.filter(({ type }) => guards.includes(type));
  if (new Set(ordered.map(({ order }) => order)).size < ordered.length) {
    throw new ListenerError('DUPLICATE_ORDER', address, {
      field,
      what: 'Two actions have the same order',
      why: 'Whether the login comes before the target is then not certain',
      mend: 'Give each action an order of its own',
    });
  }
  if (actions.length - authentications.length !== 1 || guards.includes(actions.at(-1)?.type)) {
    throw new ListenerError('ROUTING_ACTION_MISPLACED', address, {
      field,
      what: `Its actions are ${actions.map(({ type }) => type).join(', ')}`,
      why: 'AWS requires exactly one of forward, redirect and fixed-response, and that last',
      mend: 'Put one of them at the end, with the highest order',
    });
  }
  if (authentications.length > 0 && context.protocol !== 'HTTPS') {
    throw new ListenerError('AUTHENTICATION_ON_HTTP', address, {
      field,
      what: 'It authenticates on an HTTP listener',
      why: 'AWS accepts authentication on HTTPS listeners alone, as the session cookie is a secret',
      mend: 'Move the rule to the HTTPS listener, and let the HTTP listener redirect',
    });
  }
  if (authentications.length > 1) {
    throw new ListenerError('UNSUPPORTED_FEATURE', address, {
      field,
      what: 'It authenticates more than once',
      why: 'Which login counts is not documented',
      mend: 'Keep one authenticate action',
    });
  }
  return actions;
}
