import { type AccessClaims } from './access-token.ts';
import { type CustomClaims, type CustomSchema, readCustomClaims } from './custom-claims.ts';
import { type DataClaims } from './data-token.ts';
import { ClaimsError, type ClaimsErrorCode } from './error.ts';
import { deepFreeze } from './freeze.ts';
import { type Identity, readIdentities } from './identities.ts';

/**
 * A user whose claims were verified. Two users are the same when `issuer` and `subject` are; see `userKey`. Nothing in it
 * can be changed, as requests that bring the same tokens share it.
 *
 * @typeParam Custom what the schema of `custom:*` makes of them
 */
export interface User<Custom = CustomClaims> {
  readonly issuer: string;
  /** `sub` of the pool; stable, unlike username and e-mail. */
  readonly subject: string;
  /** `username` of the access token; the subject where there is none, as in a machine's token. */
  readonly username: string;
  readonly email?: string;
  /** The load balancer hands on the *string* "true" or "false"; this is the boolean it means. */
  readonly emailVerified: boolean;
  readonly name?: string;
  /** `cognito:groups` of the access token: what the load balancer signs has no groups. */
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  /** Accounts elsewhere that the user signs in with; empty for a user of the pool itself. */
  readonly identities: readonly Identity[];
  /** The claims `custom:*`, by name without `custom:`. */
  readonly custom: Custom;
  /** When the user last proved who they are (`auth_time` of the access token); a new `Date` each time it is asked for. */
  readonly authenticatedAt: Date;
  readonly via: 'alb' | 'bearer';
  /** App client through which the user signed in. */
  readonly clientId: string;
  /** Verified claims: of x-amzn-oidc-data (`alb`) or of the access token (`bearer`). */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A text that is the same for two users if and only if they are the same user, of whatever pools: for maps and tables. */
export function userKey({ issuer, subject }: Pick<User<unknown>, 'issuer' | 'subject'>): string {
  return JSON.stringify([issuer, subject]);
}

/**
 * The user that a load balancer's data token and the access token beside it speak of.
 *
 * @throws {ClaimsError} `TOKEN_MALFORMED`, `CUSTOM_CLAIMS_INVALID`
 */
export function albUser<Custom>(data: DataClaims, access: AccessClaims, schema?: CustomSchema<Custom>): User<Custom> {
  return user('alb', access, data.claims, schema);
}

/**
 * The user, or the machine, that a bearer access token speaks of.
 *
 * @throws {ClaimsError} `BEARER_INVALID`, `CUSTOM_CLAIMS_INVALID`
 */
export function bearerUser<Custom>(access: AccessClaims, schema?: CustomSchema<Custom>): User<Custom> {
  return user('bearer', access, access.claims, schema);
}

const MALFORMED: Readonly<Record<User['via'], ClaimsErrorCode>> = { alb: 'TOKEN_MALFORMED', bearer: 'BEARER_INVALID' };
const AUTH_TIME = Symbol('auth_time');

function user<Custom>(
  via: User['via'],
  access: AccessClaims,
  claims: Readonly<Record<string, unknown>>,
  schema: CustomSchema<Custom> | undefined,
): User<Custom> {
  const email = text(claims['email']);
  const name = text(claims['name']);
  const identities = readIdentities(claims['identities']);
  if (!identities) throw new ClaimsError(MALFORMED[via], 'identities is not a list of accounts');
  const frozenClaims = frozen(claims, via);
  const made: Omit<User<Custom>, 'authenticatedAt'> = {
    issuer: access.issuer,
    subject: access.subject,
    username: access.username ?? access.subject,
    ...(email !== undefined && { email }),
    emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
    ...(name !== undefined && { name }),
    groups: access.groups,
    scopes: access.scopes,
    identities,
    custom: readCustomClaims(frozenClaims, schema),
    via,
    clientId: access.clientId,
    claims: frozenClaims,
  };
  Object.defineProperty(made, AUTH_TIME, { value: access.authTime });
  return Object.freeze(Object.defineProperty(made, 'authenticatedAt', AUTHENTICATED_AT)) as User<Custom>;
}

/** A `Date` cannot be frozen, so each reader has its own. One function for all users: V8 then shares their shape. */
const AUTHENTICATED_AT: PropertyDescriptor & ThisType<{ readonly [AUTH_TIME]: number }> = {
  enumerable: true,
  get() {
    return new Date(this[AUTH_TIME] * 1000);
  },
};

function frozen(claims: Readonly<Record<string, unknown>>, via: User['via']): Readonly<Record<string, unknown>> {
  try {
    return deepFreeze(claims);
  } catch {
    throw new ClaimsError(MALFORMED[via], 'a claim is nested too deep');
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
