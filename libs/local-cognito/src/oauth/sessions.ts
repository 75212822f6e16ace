import { createHash, randomBytes } from 'node:crypto';
import { type Clock, epochSeconds } from '../clock.ts';
import { type Change, type StateStore, type Writer } from '../state/state-store.ts';

/** One hour from the sign-in, whatever happens in between. */
export const sessionSeconds = 3600;

/** A person signed in at the hosted pages. */
export interface Session {
  readonly sub: string;
  /** Seconds since the epoch; `auth_time` of every token that comes from it. */
  readonly authTime: number;
}

const kind = 'session';

/** The single sign-on sessions behind the `cognito` cookie. Kept by the hash of the cookie's value. */
export class Sessions {
  readonly #sessions: Map<string, Session>;
  readonly #writer: Writer;
  readonly #clock: Clock;

  constructor(writer: Writer, clock: Clock, sessions: Iterable<readonly [string, Session]> = []) {
    this.#sessions = new Map(sessions);
    this.#writer = writer;
    this.#clock = clock;
  }

  /** The sessions as they were left. */
  static async open(state: StateStore, clock: Clock): Promise<Sessions> {
    const sessions = (await state.entries(kind)) as readonly (readonly [string, Session])[];
    return new Sessions(
      state,
      clock,
      [...sessions].sort(([, a], [, b]) => a.authTime - b.authTime),
    );
  }

  /** Starts a session and returns the value of its cookie. */
  async start(sub: string): Promise<{ readonly cookie: string; readonly session: Session }> {
    const cookie = randomBytes(32).toString('base64url');
    const session = { sub, authTime: epochSeconds(this.#clock) };
    const expired = this.#forgetExpired();
    this.#sessions.set(digest(cookie), session);
    await this.#writer.write([...expired, { kind, id: digest(cookie), value: session }]);
    return { cookie, session };
  }

  find(cookie: string | undefined): Session | undefined {
    if (cookie === undefined) return undefined;
    const session = this.#sessions.get(digest(cookie));
    return session && this.#isLive(session) ? session : undefined;
  }

  async end(cookie: string | undefined): Promise<void> {
    if (cookie === undefined || !this.#sessions.delete(digest(cookie))) return;
    await this.#writer.write([{ kind, id: digest(cookie), value: undefined }]);
  }

  #isLive({ authTime }: Session): boolean {
    return epochSeconds(this.#clock) < authTime + sessionSeconds;
  }

  /** They stand in the order in which they began, so that the first live one ends the search. */
  #forgetExpired(): readonly Change[] {
    const changes: Change[] = [];
    for (const [id, session] of this.#sessions) {
      if (this.#isLive(session)) break;
      this.#sessions.delete(id);
      changes.push({ kind, id, value: undefined });
    }
    return changes;
  }
}

function digest(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}
