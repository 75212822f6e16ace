import { createHash, randomBytes } from 'node:crypto';
import { type Clock, epochSeconds } from '../clock.ts';

/** One hour from the sign-in, whatever happens in between. */
export const sessionSeconds = 3600;

/** A person signed in at the hosted pages. */
export interface Session {
  readonly sub: string;
  /** Seconds since the epoch; `auth_time` of every token that comes from it. */
  readonly authTime: number;
}

/** The single sign-on sessions behind the `cognito` cookie. Kept by the hash of the cookie's value. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Starts a session and returns the value of its cookie. */
  start(sub: string): { readonly cookie: string; readonly session: Session } {
    this.#forgetExpired();
    const cookie = randomBytes(32).toString('base64url');
    const session = { sub, authTime: epochSeconds(this.#clock) };
    this.#sessions.set(digest(cookie), session);
    return { cookie, session };
  }

  find(cookie: string | undefined): Session | undefined {
    if (cookie === undefined) return undefined;
    const session = this.#sessions.get(digest(cookie));
    return session && this.#isLive(session) ? session : undefined;
  }

  end(cookie: string | undefined): void {
    if (cookie !== undefined) this.#sessions.delete(digest(cookie));
  }

  #isLive({ authTime }: Session): boolean {
    return epochSeconds(this.#clock) < authTime + sessionSeconds;
  }

  #forgetExpired(): void {
    for (const [key, session] of this.#sessions) if (!this.#isLive(session)) this.#sessions.delete(key);
  }
}

function digest(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}
