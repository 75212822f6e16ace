import { type AccessClaims } from './access-token.ts';
import { type DataClaims } from './data-token.ts';

/** A user whose claims were verified. Two users are the same when `issuer` and `subject` are. */
export interface User {
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
  /** When the user last proved who they are (`auth_time` of the access token). */
  readonly authenticatedAt: Date;
  readonly via: 'alb' | 'bearer';
  /** App client through which the user signed in. */
  readonly clientId: string;
  /** Verified claims: of x-amzn-oidc-data (`alb`) or of the access token (`bearer`). */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The user that a load balancer's data token and the access token beside it speak of. */
export function albUser(data: DataClaims, access: AccessClaims): User {
  return user('alb', access, data.claims);
}

/** The user, or the machine, that a bearer access token speaks of. */
export function bearerUser(access: AccessClaims): User {
  return user('bearer', access, access.claims);
}

function user(via: User['via'], access: AccessClaims, claims: Readonly<Record<string, unknown>>): User {
  const email = text(claims['email']);
  const name = text(claims['name']);
  return Object.freeze({
    issuer: access.issuer,
    subject: access.subject,
    username: access.username ?? access.subject,
    ...(email !== undefined && { email }),
    emailVerified: claims['email_verified'] === true || claims['email_verified'] === 'true',
    ...(name !== undefined && { name }),
    groups: access.groups,
    scopes: access.scopes,
    authenticatedAt: new Date(access.authTime * 1000),
    via,
    clientId: access.clientId,
    claims,
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
