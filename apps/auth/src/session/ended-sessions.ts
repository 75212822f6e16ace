import { type User, userKey } from '@gatehouse/claims';

import { type Clock } from './clock.ts';

/** The injection token of the {@link EndedSessions}. */
export const ENDED_SESSIONS = Symbol('EndedSessions');

/** What tells one sign-in from another: a refresh of the tokens, and a silent sign-in, keep all three. */
type SignIn = Pick<User, 'issuer' | 'subject' | 'authenticatedAt'>;

/**
 * The sign-ins that a person has ended by signing out. The load balancer keeps no sessions: all is in its cookie, and a
 * copy of that goes on, refreshed, until the session timeout. Nothing at AWS lets an application end it, so it is
 * refused here.
 *
 * The memory is that of this process (docs/decisions/007-what-logout-ends.md).
 */
export class EndedSessions {
  /** When each may be forgotten, in milliseconds since 1970. In that order too, as all are kept for the same time. */
  readonly #until = new Map<string, number>();

  /** Users whose sign-ins until a moment are ended, one and all; in the order of their ends as well. */
  readonly #all = new Map<string, { readonly before: number; readonly until: number }>();

  /** @param sessionTimeoutSeconds of the load balancer: no session of a sign-in outlives its end by more */
  constructor(
    private readonly sessionTimeoutSeconds: number,
    private readonly clock: Clock,
  ) {}

  end(signIn: SignIn): void {
    const now = this.clock().getTime();
    this.#forget(now);
    const key = keyOf(signIn);
    this.#until.delete(key);
    this.#until.set(key, now + this.sessionTimeoutSeconds * 1000);
  }

  /** Ends all that this user has begun until now. Within the second: that is how exact `auth_time` is. */
  endAll(user: Pick<SignIn, 'issuer' | 'subject'>): void {
    const now = this.clock().getTime();
    const key = userKey(user);
    for (const [other, { until }] of this.#all) {
      if (now < until) break;
      this.#all.delete(other);
    }
    this.#all.delete(key);
    this.#all.set(key, { before: now, until: now + this.sessionTimeoutSeconds * 1000 });
  }

  has(signIn: SignIn): boolean {
    const now = this.clock().getTime();
    const until = this.#until.get(keyOf(signIn));
    if (until !== undefined && now < until) return true;
    const all = this.#all.get(userKey(signIn));
    return all !== undefined && now < all.until && signIn.authenticatedAt.getTime() <= all.before;
  }

  get size(): number {
    return this.#until.size + this.#all.size;
  }

  #forget(now: number): void {
    for (const [key, until] of this.#until) {
      if (now < until) return;
      this.#until.delete(key);
    }
  }
}

function keyOf({ issuer, subject, authenticatedAt }: SignIn): string {
  return JSON.stringify([issuer, subject, authenticatedAt.getTime()]);
}
