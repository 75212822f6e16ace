import { hash } from 'node:crypto';

/** The strings that were verified together, whole: nothing that they were not verified with can match them. */
export type TokenPair = readonly [token: string, beside: string];

interface Entry<Verified> {
  readonly verified: Verified;
  /** Milliseconds since 1970, as `now` counts them. */
  readonly expiresAt: number;
  readonly digest: string;
  /** The strings themselves, where there is room for them. */
  tokens: TokenPair | undefined;
}

/** How many entries keep their strings, of some 3 KB each: 12 MB. Tokens expire soon, so others get their turn. */
const MAX_WHOLE = 4000;
const SWEEP_MS = 1000;

/**
 * What was verified, until its tokens expire. It is found by the signature of the token, and taken only if all of the
 * strings are those that were verified: compared character by character with some thousand entries, by SHA-256 with the
 * others, whose strings would be most of the memory. A token with another signature, or with anything else changed by a bit,
 * never finds it. Only what was verified gets in, so forged tokens push nothing out.
 *
 * Hashing two tokens takes 2 µs, comparing them 0.2; a map by whole strings would be no faster than SHA-256, as every
 * request's strings are new ones and hashing them for the map is slower than that.
 */
export class VerifiedTokens<Verified> {
  /** By signature, the oldest first. */
  private readonly entries = new Map<string, Entry<Verified>>();
  /** How many have their strings. */
  private whole = 0;
  private sweeper: NodeJS.Timeout | undefined;

  constructor(
    private readonly maxEntries: number,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
  ) {}

  get size(): number {
    return this.entries.size;
  }

  get(token: string, beside: string): Verified | undefined {
    const entry = this.entries.get(signatureOf(token));
    if (entry === undefined || this.now() >= entry.expiresAt) return undefined;
    if (entry.tokens !== undefined) {
      return entry.tokens[0] === token && entry.tokens[1] === beside ? entry.verified : undefined;
    }
    if (entry.digest !== digestOf(token, beside)) return undefined;
    this.keepStrings(entry, token, beside);
    return entry.verified;
  }

  /** @param expiresAt milliseconds since 1970 from which on it is not to be found any more */
  add(token: string, beside: string, verified: Verified, expiresAt: number): void {
    if (this.now() >= expiresAt) return;
    // A copy: a part of a string keeps all of it in memory.
    const signature = Buffer.from(signatureOf(token), 'latin1').toString('latin1');
    this.drop(signature);
    const oldest = this.entries.keys().next();
    if (this.entries.size >= this.maxEntries && !oldest.done) this.drop(oldest.value);
    const entry = { verified, expiresAt, digest: digestOf(token, beside), tokens: undefined };
    this.entries.set(signature, entry);
    this.keepStrings(entry, token, beside);
    // Unref'd, and only while there is something to forget: it keeps no process alive.
    this.sweeper ??= setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  private keepStrings(entry: Entry<Verified>, token: string, beside: string): void {
    if (this.whole >= MAX_WHOLE) return;
    this.whole += 1;
    entry.tokens = [token, beside];
  }

  private drop(signature: string): void {
    const entry = this.entries.get(signature);
    if (entry === undefined) return;
    this.entries.delete(signature);
    if (entry.tokens !== undefined) this.whole -= 1;
  }

  private sweep(): void {
    const now = this.now();
    for (const [signature, { expiresAt }] of this.entries) if (now >= expiresAt) this.drop(signature);
    if (this.entries.size > 0) return;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }
}

function signatureOf(token: string): string {
  return token.slice(token.lastIndexOf('.') + 1);
}

/** No token holds a comma, so that no two pairs are one text. */
function digestOf(token: string, beside: string): string {
  return hash('sha256', `${token},${beside}`, 'base64url');
}
