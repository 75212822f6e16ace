/** What is known after one more was asked for. */
export interface Tally {
  /** Within the last window, this one included where it was admitted; of the window before, a share by its age. */
  readonly hits: number;
  readonly admitted: boolean;
  /** Until another may be admitted, where this one was not; else until the window ends. Milliseconds. */
  readonly waitMs: number;
}

/**
 * Counts by key over a sliding window, in the memory of two windows: what was admitted in this one, and in the one before
 * as much of it as the window still overlaps. What is refused does not count, so that nobody is locked out by trying.
 *
 * However many keys there are, no more than `maxKeys` are remembered a window; beyond that all begin anew. It is for
 * whoever has that many keys: the count of one who is known by a name that cannot be made up is not theirs to push out,
 * as long as names and addresses are counted apart. No timers, and nothing to sweep.
 */
export class SlidingCounts {
  #index = 0;
  #current = new Map<string, number>();
  #previous: ReadonlyMap<string, number> = new Map();

  constructor(
    private readonly windowMs: number,
    private readonly maxKeys: number,
  ) {}

  /** How many keys are remembered. */
  get size(): number {
    return this.#current.size + this.#previous.size;
  }

  /** @param now milliseconds since 1970 */
  ask(key: string, limit: number, now: number): Tally {
    this.#turn(Math.floor(now / this.windowMs));
    const elapsed = now % this.windowMs;
    const before = this.#previous.get(key) ?? 0;
    const here = this.#current.get(key) ?? 0;
    const hits = before * (1 - elapsed / this.windowMs) + here;
    // One more has to fit whole: a limit of 10 admits the tenth and refuses the eleventh.
    if (hits + 1 > limit) return { hits, admitted: false, waitMs: this.#wait(before, here, limit, elapsed) };
    if (here === 0 && this.#current.size >= this.maxKeys) this.#current = new Map();
    this.#current.set(key, here + 1);
    return { hits: hits + 1, admitted: true, waitMs: this.windowMs - elapsed };
  }

  #turn(index: number): void {
    if (index === this.#index) return;
    this.#previous = index === this.#index + 1 ? this.#current : new Map();
    this.#current = new Map();
    this.#index = index;
  }

  /** When enough of the older window has slid out for one more. */
  #wait(before: number, here: number, limit: number, elapsed: number): number {
    const room = limit - 1 - here;
    if (room >= 0) return this.windowMs * (1 - room / before) - elapsed;
    // This window alone is full: in the next it is the one before.
    return this.windowMs - elapsed + this.windowMs * (1 - (limit - 1) / here);
  }
}
