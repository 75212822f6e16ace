import { createHash } from 'node:crypto';

import { type AuthenticateAction } from '@gatehouse/listener';

import { type SealedBox } from './sealed-box.ts';

/** Fixed: listener-authenticate-users.html, "must complete the login within 15 minutes" ("Client login timeout"). */
export const loginTimeoutMilliseconds = 15 * 60 * 1000;

/** What the ALB must still know when the browser comes back from the login page, sealed into `state`. */
export interface LoginState {
  /** Where the browser wanted to go: `https://host/path?query`. */
  readonly uri: string;
  readonly nonce: string;
  /** When the login began, milliseconds since the epoch. */
  readonly iat: number;
  /** Which action began it, {@link actionFingerprint}. */
  readonly action: string;
}

const purpose = 'login state';

export function sealLoginState(box: SealedBox, state: LoginState): string {
  return box.seal(JSON.stringify(state), purpose);
}

/** The state, or nothing when this ALB did not make it or the login took too long. */
export function openLoginState(box: SealedBox, sealed: string, now: number): LoginState | undefined {
  // Authenticated: this code wrote it.
  const state = box.openJson(sealed, purpose) as LoginState | undefined;
  return state !== undefined && now - state.iat <= loginTimeoutMilliseconds ? state : undefined;
}

/** Tells a listener's authenticate actions apart by what a login depends on, across reloads of the rules. */
export function actionFingerprint(action: AuthenticateAction): string {
  const identity = JSON.stringify([...providerNames(action), action.sessionCookieName]);
  return createHash('sha256').update(identity).digest('base64url').slice(0, 16);
}

/** With the endpoints, so that a code is spent where the browser that brings it was sent, and nowhere else. */
function providerNames(action: AuthenticateAction): readonly string[] {
  if (action.type === 'authenticate-cognito') return [action.userPoolArn, action.userPoolClientId];
  const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId } = action;
  return [issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId];
}
