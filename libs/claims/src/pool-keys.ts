import { ClaimsError } from './error.ts';
import { type Fetch, fetchFailure } from './fetch.ts';
import { poolKey, type VerificationKey } from './verification-key.ts';

const LIMITS = { maxBytes: 65_536, timeoutMs: 3000 };
const MAX_KEYS = 32;
/** A key id that the list lacks may be a new key, or forged: the list is read again, but not more often than this. */
const REREAD_AFTER_MS = 10_000;
/** After a failed fetch the pool is left alone for a moment. */
const RETRY_AFTER_MS = 1000;

/** The public keys of a user pool, from its JWKS. When it cannot be read, the keys already known go on working. */
export class PoolKeys {
  private keys: ReadonlyMap<string, VerificationKey> = new Map();
  private flight: Promise<void> | undefined;
  private rereadAt = -Infinity;
  private failure: ClaimsError | undefined;

  constructor(
    private readonly url: string,
    private readonly fetch: Fetch,
    /** Milliseconds that only grow: a wall clock that is set back must not stop fetches. */
    private readonly uptime: () => number,
  ) {}

  /**
   * The key, or undefined when the pool has none of that id.
   *
   * @throws {ClaimsError} `KEY_UNAVAILABLE`
   */
  async get(kid: string): Promise<VerificationKey | undefined> {
    const known = this.keys.get(kid);
    if (known) return known;
    if (this.flight || this.uptime() >= this.rereadAt) {
      this.flight ??= this.read().finally(() => (this.flight = undefined));
      await this.flight;
    }
    if (this.failure) throw this.failure;
    return this.keys.get(kid);
  }

  private async read(): Promise<void> {
    try {
      this.keys = parseJwks(await this.fetch(this.url, LIMITS));
      this.failure = undefined;
      this.rereadAt = this.uptime() + REREAD_AFTER_MS;
    } catch (cause) {
      this.failure = new ClaimsError('KEY_UNAVAILABLE', `${this.url}: ${fetchFailure(cause)}`, { cause });
      this.rereadAt = this.uptime() + RETRY_AFTER_MS;
    }
  }
}

function parseJwks({ status, body }: Awaited<ReturnType<Fetch>>): ReadonlyMap<string, VerificationKey> {
  if (status !== 200) throw new Error(`the answer's status is ${status}`);
  const jwks = parseJson(body);
  const list = typeof jwks === 'object' && jwks !== null && 'keys' in jwks ? jwks.keys : undefined;
  if (!Array.isArray(list)) throw new Error('the answer has no list of keys');
  const keys = list.slice(0, MAX_KEYS).flatMap((jwk) => poolKey(jwk) ?? []);
  if (keys.length === 0) throw new Error('the answer has no RSA key for RS256 signatures');
  return new Map(keys.map((key) => [key.jwk.kid, key]));
}

/** In words of our own: those of `JSON.parse` quote the text, which goes to the log. */
function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error('the answer is not JSON');
  }
}
