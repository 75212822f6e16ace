import { type Clock } from '../clock.ts';

/** How often something may happen to each of many within a time that moves along. In memory. */
export class Quota {
  readonly #times = new Map<string, readonly number[]>();
  readonly #clock: Clock;
  readonly #most: number;
  readonly #windowSeconds: number;

  constructor(clock: Clock, { most, windowSeconds }: { readonly most: number; readonly windowSeconds: number }) {
    this.#clock = clock;
    this.#most = most;
    this.#windowSeconds = windowSeconds;
  }

  /** Counts one more. @returns false, and does not count it, when there have been enough */
  take(name: string): boolean {
    const now = this.#clock();
    const since = now - this.#windowSeconds * 1000;
    const recent = (this.#times.get(name) ?? []).filter((time) => time > since);
    if (recent.length >= this.#most) return false;
    this.#times.set(name, [...recent, now]);
    return true;
  }
}
