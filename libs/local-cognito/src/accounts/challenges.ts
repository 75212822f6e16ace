import { createHash, randomBytes } from 'node:crypto';
import { type Clock } from '../clock.ts';

interface Waiting<Challenge> {
  readonly challenge: Challenge;
  readonly expiresAt: number;
}

/**
 * Sign-ins that wait for an answer, by the value that the client keeps meanwhile (`Session` of the API, a cookie of the
 * pages). In memory: they last minutes.
 */
export class Challenges<Challenge> {
  readonly #waiting = new Map<string, Waiting<Challenge>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(challenge: Challenge, lifetimeSeconds: number): string {
    const now = this.#clock();
    for (const [key, { expiresAt }] of this.#waiting) if (expiresAt <= now) this.#waiting.delete(key);
    const value = randomBytes(32).toString('base64url');
    this.#waiting.set(digest(value), { challenge, expiresAt: now + lifetimeSeconds * 1000 });
    return value;
  }

  find(value: string | undefined): Challenge | undefined {
    const found = value === undefined ? undefined : this.#waiting.get(digest(value));
    return found && found.expiresAt > this.#clock() ? found.challenge : undefined;
  }

  end(value: string | undefined): void {
    if (value !== undefined) this.#waiting.delete(digest(value));
  }
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('base64url');
}
