import { type CookieAttributes, expireCookie, type RequestCookies, setCookie } from './cookies.ts';
import { type SealedBox } from './sealed-box.ts';
import { type Session } from './session.ts';

/** Captured from AWS: the first shard's value has 3984 characters, so that a cookie stays under a browser's 4K. */
export const shardLength = 3984;

/** Up to 16K in four shards: listener-authenticate-users.html, "Authentication flow". */
export const maximumShards = 4;

/** Fixed, whatever the session timeout, which is inside: listener-authenticate-users.html, "Session timeout". */
const browserLifetimeMilliseconds = 7 * 24 * 3600 * 1000;

/** What a request's cookies say about the session. */
export type SessionReading =
  | { readonly state: 'none' }
  | { readonly state: 'valid' | 'expired'; readonly session: Session }
  /** Shards that this ALB did not write under this name, in part or in whole. */
  | { readonly state: 'malformed' };

/** Reads the session of the cookie with this name. Milliseconds since the epoch. */
export function readSession(box: SealedBox, name: string, cookies: RequestCookies, now: number): SessionReading {
  const names = shardNames(name);
  const present = names.filter((shard) => cookies[shard] !== undefined).length;
  if (present === 0) return { state: 'none' };
  let value = '';
  for (const shard of names.slice(0, present)) {
    const part = cookies[shard];
    // A gap: one shard got lost, the rest means nothing.
    if (part === undefined) return { state: 'malformed' };
    value += part;
  }
  // Authenticated: this code wrote it.
  const session = box.openJson(value, purpose(name)) as Session | undefined;
  if (session === undefined) return { state: 'malformed' };
  return { state: now < session.expiresAt ? 'valid' : 'expired', session };
}

export interface SessionCookieContext {
  readonly name: string;
  /** Those of the request, whose stale shards are removed. */
  readonly cookies: RequestCookies;
  readonly sameSite?: 'None';
}

/** The `Set-Cookie` values that carry the session; `undefined` when it does not fit into four shards. */
export function writeSession(
  box: SealedBox,
  session: Session,
  context: SessionCookieContext,
): readonly string[] | undefined {
  const value = box.seal(JSON.stringify(session), purpose(context.name));
  const attributes: CookieAttributes = {
    expires: new Date(session.startedAt + browserLifetimeMilliseconds),
    ...(context.sameSite === undefined ? {} : { sameSite: context.sameSite }),
  };
  const shards = value.match(new RegExp(`.{1,${shardLength}}`, 'g')) ?? [];
  if (shards.length > maximumShards) return undefined;
  return [
    ...shards.map((shard, index) => setCookie(`${context.name}-${index}`, shard, attributes)),
    // A shard that an earlier, longer session left would be read as part of this one.
    ...expireShards(context.name, context.cookies, shards.length),
  ];
}

/** The `Set-Cookie` values that remove the shards a request has, from the given one on. */
export function expireShards(name: string, cookies: RequestCookies, from = 0): readonly string[] {
  return shardNames(name)
    .slice(from)
    .filter((shard) => cookies[shard] !== undefined)
    .map(expireCookie);
}

/** By the name of the cookie: as many as the rules have. */
const known = new Map<string, readonly string[]>();

function shardNames(name: string): readonly string[] {
  const names = known.get(name) ?? Array.from({ length: maximumShards }, (_, index) => `${name}-${index}`);
  known.set(name, names);
  return names;
}

function purpose(name: string): string {
  return `session ${name}`;
}
