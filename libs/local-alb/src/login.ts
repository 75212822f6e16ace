import { type AuthenticateAction } from '@gatehouse/listener';

import { AuthFailure } from './auth-failure.ts';
import { checkIdToken } from './id-token.ts';
import { type IdentityProvider } from './identity-provider.ts';
import { actionFingerprint } from './login-state.ts';
import { type ProviderCalls, type Tokens } from './provider-calls.ts';
import { maximumUserBytes, type Session, userBytes } from './session.ts';

/** Everything a login or a refresh asks of the identity provider. */
export interface LoginContext {
  readonly calls: ProviderCalls;
  readonly provider: IdentityProvider;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Spends the code and makes the session: token endpoint, then userinfo.
 *
 * @throws {AuthFailure}
 */
export async function beginSession(
  context: LoginContext,
  grant: { readonly code: string; readonly redirectUri: string },
  action: AuthenticateAction,
): Promise<Session> {
  const { calls, provider, now } = context;
  const tokens = await calls.exchangeCode(provider, grant.code, grant.redirectUri);
  const claims = await calls.userInfo(provider, tokens.accessToken);
  const { issuer, clientId } = provider;
  checkIdToken(tokens.idToken, {
    issuer,
    clientId,
    subject: claims.sub,
    // That of a user pool comes from a clock of AWS's own; and here the load balancer's can be moved, to see what happens.
    ...(provider.kind === 'oidc' ? { now } : {}),
  });
  return limited({
    claims,
    ...tokenPart(tokens, now),
    action: actionFingerprint(action),
    startedAt: now,
    expiresAt: now + action.sessionTimeoutSeconds * 1000,
  });
}

/** Whether the access token has expired and can be replaced; without a refresh token a session just goes on. */
export function needsRefresh(session: Session, now: number): boolean {
  return (
    session.refreshToken !== undefined &&
    session.accessTokenExpiresAt !== undefined &&
    session.accessTokenExpiresAt <= now
  );
}

/**
 * A session with new tokens and claims, and the old end.
 *
 * @throws {AuthFailure} also when the identity provider now speaks of another user
 */
export async function refreshSession(context: LoginContext, session: Session): Promise<Session> {
  const { calls, provider, now } = context;
  const tokens = await calls.refresh(provider, session.refreshToken ?? '');
  const claims = await calls.userInfo(provider, tokens.accessToken);
  if (claims.sub !== session.claims.sub) {
    throw new AuthFailure('AuthInvalidUserinfoResponse', 'the userinfo endpoint answered for another user');
  }
  return limited({
    claims,
    // A provider that does not rotate refresh tokens sends none.
    ...(session.refreshToken === undefined ? {} : { refreshToken: session.refreshToken }),
    ...tokenPart(tokens, now),
    action: session.action,
    startedAt: session.startedAt,
    expiresAt: session.expiresAt,
  });
}

function tokenPart(
  tokens: Tokens,
  now: number,
): Pick<Session, 'accessToken' | 'accessTokenExpiresAt' | 'refreshToken'> {
  const { accessToken, refreshToken, expiresInSeconds } = tokens;
  return {
    accessToken,
    ...(refreshToken === undefined ? {} : { refreshToken }),
    ...(expiresInSeconds === undefined ? {} : { accessTokenExpiresAt: now + expiresInSeconds * 1000 }),
  };
}

function limited(session: Session): Session {
  if (userBytes(session) > maximumUserBytes) throw tooLarge();
  return session;
}

export function tooLarge(): AuthFailure {
  return new AuthFailure('AuthUserinfoResponseSizeExceeded', 'claims and access token have more than 11K bytes');
}
