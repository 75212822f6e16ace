import { hash as digestOf } from 'node:crypto';

/** Where a user is on the way to signing in (cognito-idp API, UserStatusType). */
export type UserStatus = 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED' | 'UNCONFIRMED';

/** Somebody whom the pool knows: what others may be told. */
export interface User {
  /** UUID; the subject of every token. */
  readonly sub: string;
  readonly username: string;
  /** Spelled as Cognito spells them in tokens, `sub` not among them; `email_verified` is `true` or `false`. */
  readonly attributes: Attributes;
  readonly status: UserStatus;
  /** A user who is not enabled cannot sign in. */
  readonly enabled: boolean;
  /** Names; one that the pool has not (any more) is in no token. */
  readonly groups: readonly string[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export type Attributes = Readonly<Record<string, string>>;

/** RFC 9562, appendix A: the namespace for names that are URLs. */
const urlNamespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/**
 * A `sub` that stays the same over restarts and machines: a name-based UUID, version 5 (RFC 9562, section 5.5), of
 * issuer and username. Cognito's are random, which a seed file cannot be without losing what was stored per subject.
 */
export function deriveSub(issuer: string, username: string): string {
  const hex = digestOf('sha1', Buffer.concat([urlNamespace, Buffer.from(`${issuer}/${username}`)]), 'hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
