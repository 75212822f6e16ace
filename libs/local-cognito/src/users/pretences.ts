import { type Clock } from '../clock.ts';
import { checkCode, type CodeAnswer, makeCode, type PendingCode } from './verification-code.ts';

/** So that made-up names cannot fill the memory. The oldest goes first. */
const mostNames = 10_000;

/**
 * Codes that were asked for in the name of somebody who is not there, and that nobody has: so that typing one is answered
 * as it is for a user, wrong, used up or expired, and tells nothing. In memory.
 */
export class Pretences {
  readonly #codes = new Map<string, PendingCode>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  request(name: string, lifetimeSeconds: number): void {
    const key = name.toLowerCase();
    this.#codes.delete(key);
    this.#codes.set(key, makeCode(lifetimeSeconds, this.#clock).pending);
    const [oldest] = this.#codes.keys();
    if (this.#codes.size > mostNames && oldest !== undefined) this.#codes.delete(oldest);
  }

  /** Never a match, whatever is typed. */
  spend(name: string): Exclude<CodeAnswer, 'match'> {
    const key = name.toLowerCase();
    const pending = this.#codes.get(key);
    if (!pending) return 'expired';
    const answer = checkCode(pending, '', this.#clock);
    if (answer === 'match' || answer === 'mismatch') {
      this.#codes.set(key, { ...pending, triesLeft: pending.triesLeft - 1 });
      return 'mismatch';
    }
    return answer;
  }
}
