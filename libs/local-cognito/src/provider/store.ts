import type { Adapter, AdapterPayload } from 'oidc-provider';
import { type Clock, epochSeconds } from '../clock.ts';

interface Row {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/**
 * Where oidc-provider keeps codes, tokens and grants: in memory, by kind and id.
 *
 * The store alone decides when something has expired, by the pool's clock: it hands payloads back without `exp`, which
 * the provider would compare with the process's clock. It is also what makes a code good for one use when two requests
 * bring it at once: the provider reads `consumed` and sets it later, with other work in between.
 */
export class Store {
  readonly #rows = new Map<string, Row>();
  readonly #clock: Clock;
  readonly #alreadyUsed: () => Error;

  /** @param alreadyUsed makes the error for a second use; the provider answers it as `invalid_grant` */
  constructor(clock: Clock, alreadyUsed: () => Error) {
    this.#clock = clock;
    this.#alreadyUsed = alreadyUsed;
  }

  adapter(kind: string): Adapter {
    const key = (id: string): string => `${kind}:${id}`;
    return {
      upsert: (id, payload, expiresIn) => done(() => this.#put(key(id), payload, expiresIn ?? Infinity)),
      find: (id) => Promise.resolve(this.#get(key(id))),
      consume: (id) => done(() => this.#consume(key(id))),
      destroy: (id) => done(() => this.#rows.delete(key(id))),
      revokeByGrantId: (grantId) => done(() => this.#revoke(`${kind}:`, grantId)),
      // Device codes and the provider's own sessions: not used.
      findByUserCode: () => Promise.resolve(undefined),
      findByUid: () => Promise.resolve(undefined),
    };
  }

  #put(key: string, payload: AdapterPayload, expiresIn: number): void {
    const now = epochSeconds(this.#clock);
    for (const [other, row] of this.#rows) if (row.expiresAt <= now) this.#rows.delete(other);
    this.#rows.set(key, { payload, expiresAt: now + expiresIn });
  }

  #get(key: string): AdapterPayload | undefined {
    const row = this.#rows.get(key);
    if (!row || row.expiresAt <= epochSeconds(this.#clock)) return undefined;
    return { ...row.payload, exp: undefined };
  }

  #consume(key: string): void {
    const row = this.#rows.get(key);
    if (!row || row.payload.consumed !== undefined) throw this.#alreadyUsed();
    this.#rows.set(key, { ...row, payload: { ...row.payload, consumed: epochSeconds(this.#clock) } });
  }

  #revoke(prefix: string, grantId: string): void {
    for (const [key, row] of this.#rows) {
      if (key.startsWith(prefix) && row.payload.grantId === grantId) this.#rows.delete(key);
    }
  }
}

/** Runs synchronous work as the asynchronous call that the adapter's interface asks for; what it throws rejects. */
async function done(work: () => unknown): Promise<void> {
  await Promise.resolve();
  work();
}
