import { type User } from '@gatehouse/claims';

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

  has(signIn: SignIn): boolean {
    const until = this.#until.get(keyOf(signIn));
    return until !== undefined && this.clock().getTime() < until;
  }

  get size(): number {
    return this.#until.size;
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
