import { type Answer } from '../answer/answer.ts';
import { type Listener } from '../model.ts';

/**
 * Where the identity provider sends a browser back to. A listener with a login takes it for itself, whatever its rules
 * say. Source: User Guide, "Authenticate users", whose example rule matches `/login` alone.
 */
export const callbackPath = '/oauth2/idpresponse';

export const loginCallback: Answer = { login: { kind: 'none' }, outcome: { kind: 'login-callback' } };

export function authenticates(listener: Listener): boolean {
  return listener.rules.some(({ actions }) =>
    actions.some(({ type }) => type === 'authenticate-cognito' || type === 'authenticate-oidc'),
  );
}
