import { standardAttributes } from '../settings/standard-attributes.ts';
import { type SignInSettings } from '../settings/user-pool-settings.ts';
import { type Attributes, type User } from '../users/user.ts';

/** What every token of one login has in common. Times are in seconds since the epoch. */
export interface TokenFacts {
  readonly user: User;
  readonly username: string;
  /** Groups of the user that the pool has. */
  readonly groups: readonly string[];
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
  readonly authTime: number;
  /** Shared by all tokens that come from one login; what revocation names (Developer guide, "Revoking tokens"). */
  readonly originJti: string;
  readonly jti: string;
  readonly issuedAt: number;
  readonly lifetimeSeconds: number;
}

/** A token that a program gets for itself. Times are in seconds since the epoch. */
export interface MachineTokenFacts {
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly issuer: string;
  readonly jti: string;
  readonly issuedAt: number;
  readonly lifetimeSeconds: number;
}

/** The username that Cognito would give the user (Developer guide, "Customizing sign-in attributes"). */
export function cognitoUsername(user: User, signIn: SignInSettings): string {
  return signIn.usernameIsSub ? user.sub : user.username;
}

/** Claims of an access token (Developer guide, "Using the access token"). There is no `aud`. */
export function accessTokenClaims(facts: TokenFacts): Readonly<Record<string, unknown>> {
  return {
    sub: facts.user.sub,
    ...groupsClaim(facts),
    iss: facts.issuer,
    version: 2,
    client_id: facts.clientId,
    origin_jti: facts.originJti,
    token_use: 'access',
    scope: [...facts.scopes].join(' '),
    auth_time: facts.authTime,
    exp: facts.issuedAt + facts.lifetimeSeconds,
    iat: facts.issuedAt,
    jti: facts.jti,
    username: facts.username,
  };
}

/**
 * Claims of an ID token (Developer guide, "Using the ID token"). `email_verified` is a boolean here.
 *
 * @param nonce of the authorization request; left out when there was none
 * @param accessTokenHash `at_hash` of the access token issued beside it
 */
export function idTokenClaims(
  facts: TokenFacts,
  { nonce, accessTokenHash }: { readonly nonce: string | undefined; readonly accessTokenHash: string },
): Readonly<Record<string, unknown>> {
  return {
    at_hash: accessTokenHash,
    sub: facts.user.sub,
    ...groupsClaim(facts),
    ...attributeClaims(facts.user, facts.scopes),
    iss: facts.issuer,
    'cognito:username': facts.username,
    ...(nonce !== undefined && { nonce }),
    origin_jti: facts.originJti,
    aud: facts.clientId,
    token_use: 'id',
    auth_time: facts.authTime,
    exp: facts.issuedAt + facts.lifetimeSeconds,
    iat: facts.issuedAt,
    jti: facts.jti,
  };
}

/** What the userInfo endpoint answers: every claim a string, and there are no groups. */
export function userInfoClaims(
  user: User,
  username: string,
  scopes: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  return { sub: user.sub, ...readable(user, scopes), username };
}

/** Claims of a token that a program got for itself (Developer guide, "Client credentials"): there is no user. */
export function machineTokenClaims(facts: MachineTokenFacts): Readonly<Record<string, unknown>> {
  return {
    sub: facts.clientId,
    token_use: 'access',
    scope: facts.scopes.join(' '),
    auth_time: facts.issuedAt,
    iss: facts.issuer,
    exp: facts.issuedAt + facts.lifetimeSeconds,
    iat: facts.issuedAt,
    version: 2,
    jti: facts.jti,
    client_id: facts.clientId,
  };
}

/** `openid` alone gives every readable attribute; together with others, each scope gives its own. */
function readable({ attributes }: User, scopes: ReadonlySet<string>): Attributes {
  const everything = !scopes.has('email') && !scopes.has('profile') && !scopes.has('phone');
  const wanted = Object.entries(attributes).filter(
    // The pool's own attributes come with `profile`.
    ([name]) => everything || scopes.has(standardAttributes.get(name) ?? 'profile'),
  );
  return Object.fromEntries(wanted);
}

const verifiedFlags = new Set(['email_verified', 'phone_number_verified']);

/** In an ID token, whether an address is verified is a boolean. */
function attributeClaims(user: User, scopes: ReadonlySet<string>): Readonly<Record<string, boolean | string>> {
  const claims = Object.entries(readable(user, scopes));
  return Object.fromEntries(claims.map(([name, value]) => [name, verifiedFlags.has(name) ? value === 'true' : value]));
}

function groupsClaim({ groups }: TokenFacts): { readonly 'cognito:groups'?: readonly string[] } {
  return groups.length > 0 ? { 'cognito:groups': groups } : {};
}
