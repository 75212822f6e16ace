import { type AuthenticateAction } from '@gatehouse/listener';

import { type SigningKey } from './alb-keys.ts';
import { type AlbRequest, headerValue } from './alb-request.ts';
import { type Answer } from './answer.ts';
import { AuthFailure } from './auth-failure.ts';
import { readCookies } from './cookies.ts';
import { type DataTokens } from './data-tokens.ts';
import { type IdentityHeaders, type Identification } from './headers.ts';
import { type IdentityProvider } from './identity-provider.ts';
import { needsRefresh, refreshSession, tooLarge } from './login.ts';
import { loginRedirect } from './login-redirect.ts';
import { actionFingerprint } from './login-state.ts';
import { type ProviderCalls } from './provider-calls.ts';
import { type SealedBox } from './sealed-box.ts';
import { type Session } from './session.ts';
import { expireShards, readSession, type SessionReading, writeSession } from './session-cookie.ts';
import { type Switches } from './switches.ts';

/** What an authenticate action works with. */
export interface AuthenticateContext {
  readonly box: SealedBox;
  readonly signingKey: SigningKey;
  /** The load balancer's ARN. */
  readonly signer: string;
  readonly calls: ProviderCalls;
  /** That of the action. */
  readonly provider: IdentityProvider;
  readonly switches: Switches;
  readonly dataTokens: DataTokens;
  /** Sessions begun before have expired. Milliseconds since the epoch. */
  readonly sessionsFrom: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export type Authentication =
  /** The next action of the rule runs; its answer carries the cookies. */
  | {
      readonly kind: 'proceed';
      readonly identification: Identification;
      readonly setCookies: readonly string[];
      readonly session?: Session;
      /** Whether the tokens were replaced on the way. */
      readonly refreshed?: boolean;
    }
  | { readonly kind: 'answer'; readonly answer: Answer };

/**
 * Runs an `authenticate-cognito` or `authenticate-oidc` action.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 *
 * @throws {AuthFailure} the request ends with an error page
 */
export async function authenticate(
  action: AuthenticateAction,
  request: AlbRequest,
  context: AuthenticateContext,
): Promise<Authentication> {
  const cookies = readCookies(headerValue(request, 'cookie'));
  const reading = begunSince(
    context.sessionsFrom,
    readSession(context.box, action.sessionCookieName, cookies, context.now),
  );
  switch (reading.state) {
    case 'none':
      return unauthenticated(action, request, context);
    case 'malformed':
      if (context.switches.malformedSession === 'login') return login(action, request, context);
      throw new AuthFailure(
        'AuthInvalidCookie',
        'the session cookie is incomplete, changed, or of another load balancer',
        {
          // The next attempt begins a login. Without it a deleted state folder would lock every browser out for a week.
          setCookies: expireShards(action.sessionCookieName, cookies),
        },
      );
    case 'expired':
      return expired(action, request, context);
    case 'valid':
      return needsRefresh(reading.session, context.now)
        ? refreshed(action, request, context, reading.session)
        : proceed(context, reading.session, []);
  }
}

function begunSince(sessionsFrom: number, reading: SessionReading): SessionReading {
  if (reading.state !== 'valid' || reading.session.startedAt >= sessionsFrom) return reading;
  return { state: 'expired', session: reading.session };
}

function unauthenticated(
  action: AuthenticateAction,
  request: AlbRequest,
  context: AuthenticateContext,
): Authentication {
  switch (action.onUnauthenticatedRequest) {
    case 'authenticate':
      return login(action, request, context);
    case 'allow':
      return { kind: 'proceed', identification: { kind: 'anonymous' }, setCookies: [] };
    case 'deny':
      throw new AuthFailure(undefined, 'the rule denies requests without a session');
  }
}

/** Also `deny` sends an expired session to the login page. `allow` is not documented: there the user is anonymous. */
function expired(action: AuthenticateAction, request: AlbRequest, context: AuthenticateContext): Authentication {
  return action.onUnauthenticatedRequest === 'allow' && context.switches.allowExpired === 'anonymous'
    ? unauthenticated(action, request, context)
    : login(action, request, context);
}

async function refreshed(
  action: AuthenticateAction,
  request: AlbRequest,
  context: AuthenticateContext,
  known: Session,
): Promise<Authentication> {
  // Rules of two providers may have one cookie. The refresh token of one would be of no use to the other, or of too much.
  if (known.action !== actionFingerprint(action)) return expired(action, request, context);
  const { calls, provider, now } = context;
  try {
    const session = await refreshSession({ calls, provider, now }, known);
    const cookies = sessionCookies(action, request, context.box, session);
    return { ...proceed(context, session, cookies), refreshed: true };
  } catch (error) {
    // "until the session times out or the IdP refresh fails": listener-authenticate-users.html, "Session timeout".
    if (error instanceof AuthFailure && error.reason !== 'AuthUserinfoResponseSizeExceeded') {
      return expired(action, request, context);
    }
    throw error;
  }
}

/**
 * The `Set-Cookie` values of a session for this request.
 *
 * @throws {AuthFailure} when the session has more than four shards
 */
export function sessionCookies(
  action: Pick<AuthenticateAction, 'sessionCookieName'>,
  request: AlbRequest,
  box: SealedBox,
  session: Session,
): readonly string[] {
  const cookies = writeSession(box, session, {
    name: action.sessionCookieName,
    cookies: readCookies(headerValue(request, 'cookie')),
    ...(isCrossOrigin(request) ? { sameSite: 'None' as const } : {}),
  });
  if (cookies === undefined) throw tooLarge();
  return cookies;
}

/** "SameSite=None with CORS requests": a browser marks those with the origin of the page that asks. */
function isCrossOrigin(request: AlbRequest): boolean {
  const origin = headerValue(request, 'origin');
  return origin !== undefined && origin !== `${request.scheme}://${request.authority}`;
}

function login(action: AuthenticateAction, request: AlbRequest, context: AuthenticateContext): Authentication {
  const { box, provider, now, switches } = context;
  const answer = loginRedirect(action, request, { box, provider, now, switches });
  return { kind: 'answer', answer };
}

function proceed(
  context: AuthenticateContext,
  session: Session,
  setCookies: readonly string[],
): Extract<Authentication, { kind: 'proceed' }> {
  const headers: IdentityHeaders = {
    accessToken: session.accessToken,
    identity: session.claims.sub,
    data: context.dataTokens.mint(
      {
        claims: session.claims,
        issuer: context.provider.issuer,
        client: context.provider.clientId,
        signer: context.signer,
      },
      context.signingKey,
      context.now,
    ),
  };
  return { kind: 'proceed', identification: { kind: 'user', headers }, setCookies, session };
}
