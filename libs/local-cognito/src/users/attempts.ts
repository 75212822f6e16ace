import { type Clock } from '../clock.ts';

interface Failures {
  readonly count: number;
  /** Milliseconds since the epoch. */
  readonly lockedUntil: number;
  readonly forgottenAt: number;
}

const freeFailures = 5;
const longestLock = 900_000;
/** So that made-up names cannot fill the memory. The oldest goes first. */
const mostNames = 50_000;

/**
 * Locks a name after wrong passwords (Developer guide, "Lockout behavior for failed sign-in attempts"): after the fifth
 * for a second, twice as long after each further one, up to 15 minutes; forgotten after 15 minutes of quiet. Names that
 * nobody has are locked likewise, so that a lock tells nothing.
 */
export class Attempts {
  readonly #failures = new Map<string, Failures>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Begins a try. It counts as failed until it is said to have succeeded, so that many at once are not each the first.
   *
   * @returns false when the name is locked: then nothing is compared, and nothing counted
   */
  begin(name: string): boolean {
    const now = this.#clock();
    const before = this.#failures.get(name);
    if (before && before.lockedUntil > now) return false;
    const count = (before && before.forgottenAt > now ? before.count : 0) + 1;
    const lock = count < freeFailures ? 0 : Math.min(longestLock, 1000 * 2 ** (count - freeFailures));
    this.#failures.delete(name);
    this.#failures.set(name, { count, lockedUntil: now + lock, forgottenAt: now + lock + longestLock });
    const [oldest] = this.#failures.keys();
    if (this.#failures.size > mostNames && oldest !== undefined) this.#failures.delete(oldest);
    return true;
  }

  succeeded(name: string): void {
    this.#failures.delete(name);
  }
}
