import { ClaimsError } from './error.ts';
import { FetchBudget } from './fetch-budget.ts';
import { type Fetch, fetchFailure } from './fetch.ts';
import { albKey, type VerificationKey } from './verification-key.ts';

const MAX_KNOWN = 16;
const UNKNOWN_FOR_MS = 30_000;
const LIMITS = { maxBytes: 8192, timeoutMs: 3000 };
const BUDGET = { burst: 5, refillMs: 5000 };

/**
 * The public keys of a region's load balancers, fetched one by one by key id: there is no list of them.
 *
 * Only what the key host vouched for enters `known`, so forged ids cannot push a good key out; what it denied is
 * remembered as unknown for a while; and the budget bounds both the fetches and, through them, that memory.
 */
export class AlbKeys {
  private readonly known = new Map<string, VerificationKey>();
  private readonly unknownUntil = new Map<string, number>();
  private readonly flights = new Map<string, Promise<VerificationKey>>();
  private readonly budget: FetchBudget;

  constructor(
    private readonly url: string,
    private readonly fetch: Fetch,
    /** Milliseconds that only grow: a wall clock that is set back must not stop fetches. */
    private readonly uptime: () => number,
  ) {
    this.budget = new FetchBudget(BUDGET.burst, BUDGET.refillMs, uptime);
  }

  /**
   * @param kid a lower-case UUID; the caller has checked that, as it becomes part of a URL
   * @throws {ClaimsError} `KEY_UNKNOWN`, `KEY_UNAVAILABLE`
   */
  async get(kid: string): Promise<VerificationKey> {
    const known = this.known.get(kid);
    if (known) return this.remember(kid, known);
    if ((this.unknownUntil.get(kid) ?? 0) > this.uptime()) throw new ClaimsError('KEY_UNKNOWN');
    const flight = this.flights.get(kid);
    if (flight) return flight;
    if (!this.budget.take()) {
      throw new ClaimsError('KEY_UNAVAILABLE', 'too many unknown keys were asked for in a short time');
    }
    const started = this.fetchKey(kid).finally(() => this.flights.delete(kid));
    this.flights.set(kid, started);
    return started;
  }

  private async fetchKey(kid: string): Promise<VerificationKey> {
    const answer = await this.fetch(`${this.url}/${kid}`, LIMITS).catch((cause: unknown) => {
      throw new ClaimsError('KEY_UNAVAILABLE', `${this.url}: ${fetchFailure(cause)}`, { cause });
    });
    // The key host of AWS answers 403 for a key that it does not have, as an S3 bucket without listing does.
    if (answer.status === 403 || answer.status === 404) {
      this.forgetExpired();
      this.unknownUntil.set(kid, this.uptime() + UNKNOWN_FOR_MS);
      throw new ClaimsError('KEY_UNKNOWN');
    }
    const key = answer.status === 200 ? albKey(kid, answer.body) : undefined;
    if (!key) {
      throw new ClaimsError('KEY_UNAVAILABLE', `${this.url} answered ${answer.status} without a P-256 public key`);
    }
    return this.remember(kid, key);
  }

  /** Keeps the least recently used at the front of the map, which is the one to go. */
  private remember(kid: string, key: VerificationKey): VerificationKey {
    this.known.delete(kid);
    this.known.set(kid, key);
    const oldest = this.known.keys().next();
    if (this.known.size > MAX_KNOWN && !oldest.done) this.known.delete(oldest.value);
    return key;
  }

  private forgetExpired(): void {
    for (const [kid, until] of this.unknownUntil) if (until <= this.uptime()) this.unknownUntil.delete(kid);
  }
}
