/** A signed-in user, as the session cookie carries one. Times are milliseconds since the epoch. */
export interface Session {
  /** What the userinfo endpoint answered. */
  readonly claims: Claims;
  readonly accessToken: string;
  /** Absent when the token endpoint did not say. */
  readonly accessTokenExpiresAt?: number;
  readonly refreshToken?: string;
  /** Which action began it, by its fingerprint: the refresh token is shown to its provider alone. */
  readonly action: string;
  /** When the user signed in; a refresh does not move it. */
  readonly startedAt: number;
  /** When the action's session timeout ends it, whatever the cookie says. */
  readonly expiresAt: number;
}

/** The claims of a user; `sub` is always there. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string };

/**
 * Claims and access token together may have 11K bytes.
 * Source: listener-authenticate-users.html ("11K bytes", `ELBAuthUserClaimsSizeExceeded`).
 */
export const maximumUserBytes = 11 * 1024;

export function userBytes(session: Pick<Session, 'claims' | 'accessToken'>): number {
  return Buffer.byteLength(JSON.stringify(session.claims)) + Buffer.byteLength(session.accessToken);
}
