import { type AuthenticateCognitoAction } from '@gatehouse/listener';

import { type AlbRequest, requestUri } from './alb-request.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import { newNonce, nonceCookie } from './login-nonce.ts';
import { actionFingerprint, sealLoginState } from './login-state.ts';
import { type SealedBox } from './sealed-box.ts';
import { type Switches } from './switches.ts';

/** Taken by the load balancer on every listener that authenticates, whatever its rules say. */
export const callbackPath = '/oauth2/idpresponse';

/** The callback URL of a request's host, as it must be registered with the app client. */
export function callbackUri(
  request: Pick<AlbRequest, 'authority'>,
  { redirectUriHost }: Pick<Switches, 'redirectUriHost'>,
): string {
  const host = redirectUriHost === 'lower-case' ? request.authority.toLowerCase() : request.authority;
  return `https://${host}${callbackPath}`;
}

export interface LoginRedirectContext {
  readonly box: SealedBox;
  /** The user pool's page; the browser goes there. */
  readonly authorizationEndpoint: string;
  readonly switches: Switches;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Sends the browser to the user pool's login page. The parameters come in the order of every real capture, the
 * action's own last; there is neither an OpenID `nonce` nor PKCE.
 */
export function loginRedirect(
  action: AuthenticateCognitoAction,
  request: AlbRequest,
  context: LoginRedirectContext,
): Answer {
  const nonce = newNonce();
  const state = sealLoginState(context.box, {
    uri: requestUri(request),
    nonce,
    iat: context.now,
    action: actionFingerprint(action),
  });
  const parameters: readonly (readonly [string, string])[] = [
    ['client_id', action.userPoolClientId],
    ['redirect_uri', callbackUri(request, context.switches)],
    ['response_type', 'code'],
    ['scope', action.scope],
    ['state', state],
    ...Object.entries(action.authenticationRequestExtraParams),
  ];
  const query = parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  return redirectAnswer(302, `${context.authorizationEndpoint}?${query}`, [nonceCookie(nonce)]);
}
