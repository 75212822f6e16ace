/** The time in milliseconds since the epoch, as `Date.now` gives it. Passed in, so that a test can let an hour pass. */
export type Clock = () => number;

/** The clock in whole seconds, the unit of every time claim (RFC 7519, section 2: NumericDate). */
export function epochSeconds(clock: Clock): number {
  return Math.floor(clock() / 1000);
}
