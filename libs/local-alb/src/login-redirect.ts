import { type AuthenticateAction } from '@gatehouse/listener';

import { type AlbRequest, requestUri } from './alb-request.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import { type IdentityProvider } from './identity-provider.ts';
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
  /** The browser goes to its page. */
  readonly provider: Pick<IdentityProvider, 'authorizationEndpoint' | 'clientId'>;
  readonly switches: Switches;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Sends the browser to the login page of the action's identity provider. The parameters come in the order of every real capture, the
 * action's own last; there is neither an OpenID `nonce` nor PKCE.
 */
export function loginRedirect(action: AuthenticateAction, request: AlbRequest, context: LoginRedirectContext): Answer {
  const nonce = newNonce();
  const state = sealLoginState(context.box, {
    uri: requestUri(request),
    nonce,
    iat: context.now,
    action: actionFingerprint(action),
  });
  const parameters: readonly (readonly [string, string])[] = [
    ['client_id', context.provider.clientId],
    ['redirect_uri', callbackUri(request, context.switches)],
    ['response_type', 'code'],
    ['scope', action.scope],
    ['state', state],
    ...Object.entries(action.authenticationRequestExtraParams),
  ];
  const query = parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
  const { authorizationEndpoint } = context.provider;
  // An endpoint may have a query of its own, which stays: RFC 6749 section 3.1.
  const joined = authorizationEndpoint.includes('?') ? '&' : '?';
  return redirectAnswer(302, `${authorizationEndpoint}${joined}${query}`, [nonceCookie(nonce)]);
}
