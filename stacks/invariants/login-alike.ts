import { blocks } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes, type Violation } from './invariant.ts';
import { LISTENER_RULES, LISTENERS } from './types.ts';

/** What makes one login the same as another; what it does with nobody may differ. */
const ALIKE = [
  'user_pool_arn',
  'user_pool_client_id',
  'user_pool_domain',
  'scope',
  'session_cookie_name',
  'session_timeout',
] as const;

/**
 * Every login names the same pool, client, scope and cookie. The load balancer takes a session for what its cookie says
 * and does not look again at who issued it (listener-authenticate-users, "one cookie name for each application").
 */
export const loginAlike: Invariant = (system) => {
  const logins = [...ofTypes(system, LISTENERS), ...ofTypes(system, LISTENER_RULES)].flatMap(({ address, body }) =>
    [...blocks(body, 'default_action'), ...blocks(body, 'action')]
      .flatMap((action) => blocks(action, 'authenticate_cognito'))
      .map((settings) => ({ address, settings })),
  );
  const [first] = logins;
  return logins.flatMap(({ address, settings }) => {
    const differing = ALIKE.filter((key) => settings[key] !== first?.settings[key]);
    return differing.length === 0 ? [] : [violation(address, differing)];
  });
};

function violation(address: string, differing: readonly string[]): Violation {
  return {
    code: 'LOGIN_DIFFERS',
    address,
    what: `its login differs from that of other rules in ${differing.join(', ')}`,
    why: 'a session that one rule made would be no session, or the wrong one, for another',
    mend: 'use the one login of the stack (stacks/alb/actions.ts), and another load balancer for another application',
  };
}
