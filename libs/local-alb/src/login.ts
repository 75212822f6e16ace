import { type AuthenticateCognitoAction } from '@gatehouse/listener';

import { AuthFailure } from './auth-failure.ts';
import { checkIdToken } from './id-token.ts';
import { maximumUserBytes, type Session, userBytes } from './session.ts';
import { type PoolClient, type Tokens, type UserPool } from './user-pool.ts';

/** Everything a login or a refresh asks of the user pool. */
export interface LoginContext {
  readonly pool: UserPool;
  readonly client: PoolClient;
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
  action: Pick<AuthenticateCognitoAction, 'sessionTimeoutSeconds'>,
): Promise<Session> {
  const { pool, client, now } = context;
  const tokens = await pool.exchangeCode(client, grant.code, grant.redirectUri);
  const claims = await pool.userInfo(client, tokens.accessToken);
  checkIdToken(tokens.idToken, { issuer: client.endpoints.issuer, clientId: client.clientId, subject: claims.sub });
  return limited({
    claims,
    ...tokenPart(tokens, now),
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
 * @throws {AuthFailure} also when the user pool now speaks of another user
 */
export async function refreshSession(context: LoginContext, session: Session): Promise<Session> {
  const { pool, client, now } = context;
  const tokens = await pool.refresh(client, session.refreshToken ?? '');
  const claims = await pool.userInfo(client, tokens.accessToken);
  if (claims.sub !== session.claims.sub) {
    throw new AuthFailure('AuthInvalidUserinfoResponse', 'the userinfo endpoint answered for another user');
  }
  return limited({
    claims,
    // A user pool that does not rotate refresh tokens sends none.
    ...(session.refreshToken === undefined ? {} : { refreshToken: session.refreshToken }),
    ...tokenPart(tokens, now),
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
