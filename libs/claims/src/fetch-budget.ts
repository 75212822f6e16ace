/**
 * How many fetches may be made: `burst` at once, one more each `refillMs` (a token bucket). It keeps a flood of forged
 * key ids from becoming a flood of requests to the key host.
 */
export class FetchBudget {
  private left: number;
  private counted: number;

  constructor(
    private readonly burst: number,
    private readonly refillMs: number,
    private readonly uptime: () => number,
  ) {
    this.left = burst;
    this.counted = uptime();
  }

  /** Takes one, if there is one. */
  take(): boolean {
    const refilled = Math.floor((this.uptime() - this.counted) / this.refillMs);
    this.left = Math.min(this.burst, this.left + refilled);
    this.counted += refilled * this.refillMs;
    if (this.left === 0) return false;
    this.left -= 1;
    return true;
  }
}
