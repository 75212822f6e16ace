import { createHash } from 'node:crypto';

/** Somebody who can sign in. Attributes are spelled as Cognito spells them in tokens. */
export interface User {
  /** UUID; the subject of every token. */
  readonly sub: string;
  readonly username: string;
  readonly attributes: Readonly<Record<'email', string> & Partial<Record<'name', string>>>;
  readonly emailVerified: boolean;
  readonly groups: readonly string[];
}

/** RFC 9562, appendix A: the namespace for names that are URLs. */
const urlNamespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/**
 * A `sub` that stays the same over restarts and machines: a name-based UUID, version 5 (RFC 9562, section 5.5), of
 * issuer and username. Cognito's are random, which a seed file cannot be without losing what was stored per subject.
 */
export function deriveSub(issuer: string, username: string): string {
  const hash = createHash('sha1').update(urlNamespace).update(`${issuer}/${username}`).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
