import { type AuthenticateAction } from '@gatehouse/listener';

import { type AlbRequest, headerValue } from './alb-request.ts';
import { type Answer, redirectAnswer } from './answer.ts';
import { AuthFailure } from './auth-failure.ts';
import { type AuthenticateContext, sessionCookies } from './authenticate.ts';
import { expireCookie, readCookies } from './cookies.ts';
import { beginSession } from './login.ts';
import { nonceCookieName, nonceOf, sameNonce } from './login-nonce.ts';
import { callbackUri } from './login-redirect.ts';
import { actionFingerprint, type LoginState, openLoginState } from './login-state.ts';

/** As {@link AuthenticateContext}, but for the identity provider, which depends on the action that began the login. */
export interface CallbackContext extends Pick<AuthenticateContext, 'box' | 'calls' | 'now' | 'switches'> {
  /** Of all rules of the listener. */
  readonly actions: readonly AuthenticateAction[];
  readonly providerOf: (action: AuthenticateAction) => AuthenticateContext['provider'];
}

/**
 * Answers `/oauth2/idpresponse`: the browser comes back from the login page. Nonce and state are checked before the
 * code is spent, and before an error that the login page reports is believed.
 *
 * @throws {AuthFailure} the request ends with an error page
 */
export async function answerCallback(request: AlbRequest, context: CallbackContext): Promise<Answer> {
  const parameters = new URLSearchParams(request.query);
  const state = checkState(parameters, request, context);
  const action = context.actions.find((candidate) => actionFingerprint(candidate) === state.action);
  if (action === undefined) {
    throw new AuthFailure('AuthInvalidStateParam', 'the rule that began this login is no longer there');
  }
  checkError(parameters, context);
  const code = single(parameters, 'code');
  if (code === undefined) throw new AuthFailure('AuthMissingCodeParam', 'the callback has no code');
  const { calls, now } = context;
  const session = await beginSession(
    { calls, provider: context.providerOf(action), now },
    { code, redirectUri: callbackUri(request, context.switches) },
    action,
  );
  return redirectAnswer(302, state.uri, [
    ...sessionCookies(action, request, context.box, session),
    // Of no more use: the login is over.
    expireCookie(nonceCookieName),
  ]);
}

function checkState(parameters: URLSearchParams, request: AlbRequest, context: CallbackContext): LoginState {
  const sealed = single(parameters, 'state');
  if (sealed === undefined) throw new AuthFailure('AuthMissingStateParam', 'the callback has no state');
  const nonce = nonceOf(readCookies(headerValue(request, 'cookie')));
  if (nonce === undefined) {
    throw new AuthFailure('AuthMissingAWSALBAuthNonce', 'this browser began no login, or a newer one has ended');
  }
  const state = openLoginState(context.box, sealed, context.now);
  if (state === undefined) {
    throw new AuthFailure('AuthInvalidStateParam', 'the state is not of this load balancer, or older than 15 minutes');
  }
  if (!sameNonce(nonce, state.nonce)) {
    throw new AuthFailure(
      'AuthInvalidAWSALBAuthNonce',
      'the login was begun by another browser, or in another tab since',
    );
  }
  // The state is sealed, so this holds unless a login of one name of the load balancer is carried to another.
  if (!state.uri.startsWith(`https://${request.authority}/`)) {
    throw new AuthFailure('AuthInvalidStateParam', 'the login was begun on another host');
  }
  return state;
}

/** RFC 6749 section 4.1.2.1. Whether AWS answers 401 or 561 to `access_denied` is reported both ways. */
function checkError(parameters: URLSearchParams, { switches }: CallbackContext): void {
  const error = parameters.get('error');
  if (error === null) return;
  if (error === 'access_denied')
    throw new AuthFailure(undefined, 'the login page denied access', { status: switches.accessDenied });
  throw new AuthFailure(undefined, 'the login page reported an error', { status: 561 });
}

/** A parameter that comes exactly once and is not empty. */
function single(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = parameters.getAll(name);
  return more.length === 0 && value !== '' ? value : undefined;
}
