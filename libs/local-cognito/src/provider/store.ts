import { createHash } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { type Clock, epochSeconds } from '../clock.ts';
import { type Change, type StateStore, type Writer } from '../state/state-store.ts';

interface Row {
  readonly payload: AdapterPayload;
  readonly expiresAt: number;
}

/** Ids that open something by themselves: the folder holds their hashes. An access token opens nothing by its id alone. */
const secretIds = new Set(['AuthorizationCode', 'RefreshToken']);

const kindInState = 'token';
const purgeSeconds = 60;

/**
 * Where oidc-provider keeps codes, tokens and grants, by kind and id: in memory, and in the state folder before it is
 * answered.
 *
 * The store alone decides when something has expired, by the pool's clock: it hands payloads back without `exp`, which
 * the provider would compare with the process's clock. It is also what makes a code good for one use when two requests
 * bring it at once: the provider reads `consumed` and sets it later, with other work in between.
 */
export class Store {
  readonly #rows = new Map<string, Row>();
  /** Keys of rows by `grantId` and by `accountId`. */
  readonly #byGrant = new Map<string, Set<string>>();
  readonly #byAccount = new Map<string, Set<string>>();
  readonly #writer: Writer;
  readonly #clock: Clock;
  readonly #alreadyUsed: () => Error;
  #purgeAt = 0;

  /** @param alreadyUsed makes the error for a second use; the provider answers it as `invalid_grant` */
  constructor(writer: Writer, clock: Clock, alreadyUsed: () => Error) {
    this.#writer = writer;
    this.#clock = clock;
    this.#alreadyUsed = alreadyUsed;
  }

  /** The store as it was left. */
  static async open(state: StateStore, clock: Clock, alreadyUsed: () => Error): Promise<Store> {
    const store = new Store(state, clock, alreadyUsed);
    const rows = (await state.entries(kindInState)) as readonly (readonly [string, Row])[];
    for (const [key, row] of rows) store.#keep(key, row);
    return store;
  }

  adapter(kind: string): Adapter {
    const key = (id: string): string => `${kind}:${secretIds.has(kind) ? digest(id) : id}`;
    return {
      upsert: (id, payload, expiresIn) => this.#put(key(id), withoutId(kind, payload), expiresIn ?? Infinity),
      find: (id) => Promise.resolve(this.#get(key(id), id)),
      consume: async (id) => this.#consume(key(id)),
      destroy: (id) => this.#drop([key(id)]),
      revokeByGrantId: (grantId) => this.#drop(keysOfKind(this.#byGrant.get(grantId), kind)),
      // Device codes and the provider's own sessions: not used.
      findByUserCode: () => Promise.resolve(undefined),
      findByUid: () => Promise.resolve(undefined),
    };
  }

  /** Ends everything that was issued to a user. */
  async endAccount(sub: string): Promise<void> {
    await this.#drop([...(this.#byAccount.get(sub) ?? [])]);
  }

  /** Ends everything that came from one sign-in. */
  async endGrant(grantId: string): Promise<void> {
    await this.#drop([...(this.#byGrant.get(grantId) ?? [])]);
  }

  async #put(key: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const row = { payload, expiresAt: epochSeconds(this.#clock) + expiresIn };
    this.#keep(key, row);
    await this.#writer.write([...this.#purge(), { kind: kindInState, id: key, value: row }]);
  }

  #get(key: string, id: string): AdapterPayload | undefined {
    const row = this.#rows.get(key);
    if (!row || row.expiresAt <= epochSeconds(this.#clock)) return undefined;
    return { ...row.payload, jti: id, exp: undefined };
  }

  async #consume(key: string): Promise<void> {
    const row = this.#rows.get(key);
    if (!row || row.payload.consumed !== undefined) throw this.#alreadyUsed();
    const consumed = { ...row, payload: { ...row.payload, consumed: epochSeconds(this.#clock) } };
    this.#rows.set(key, consumed);
    await this.#writer.write([{ kind: kindInState, id: key, value: consumed }]);
  }

  async #drop(keys: readonly string[]): Promise<void> {
    const changes = keys.flatMap((key) => this.#forget(key));
    if (changes.length > 0) await this.#writer.write(changes);
  }

  /** Once in a while, as every row is looked at. */
  #purge(): readonly Change[] {
    const now = epochSeconds(this.#clock);
    if (now < this.#purgeAt) return [];
    this.#purgeAt = now + purgeSeconds;
    return [...this.#rows].flatMap(([key, row]) => (row.expiresAt <= now ? this.#forget(key) : []));
  }

  #keep(key: string, row: Row): void {
    this.#rows.set(key, row);
    note(this.#byGrant, grantOf(key, row), key);
    note(this.#byAccount, row.payload.accountId, key);
  }

  #forget(key: string): Change[] {
    const row = this.#rows.get(key);
    if (!row) return [];
    this.#rows.delete(key);
    unnote(this.#byGrant, grantOf(key, row), key);
    unnote(this.#byAccount, row.payload.accountId, key);
    return [{ kind: kindInState, id: key, value: undefined }];
  }
}

/** What an entry belongs to; a grant belongs to itself. */
function grantOf(key: string, { payload }: Row): string | undefined {
  return key.startsWith('Grant:') ? key.slice('Grant:'.length) : payload.grantId;
}

function note(index: Map<string, Set<string>>, name: string | undefined, key: string): void {
  if (name === undefined) return;
  const keys = index.get(name) ?? new Set();
  index.set(name, keys.add(key));
}

function unnote(index: Map<string, Set<string>>, name: string | undefined, key: string): void {
  if (name === undefined) return;
  const keys = index.get(name);
  keys?.delete(key);
  if (keys?.size === 0) index.delete(name);
}

function keysOfKind(keys: ReadonlySet<string> | undefined, kind: string): string[] {
  return [...(keys ?? [])].filter((key) => key.startsWith(`${kind}:`));
}

function withoutId(kind: string, payload: AdapterPayload): AdapterPayload {
  return secretIds.has(kind) ? { ...payload, jti: undefined } : payload;
}

function digest(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}
