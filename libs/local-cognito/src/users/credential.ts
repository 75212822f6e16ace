import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { type Clock } from '../clock.ts';

/** What a password is compared with. */
export type Credential =
  /** Nobody can sign in with a password. */
  | { readonly kind: 'none' }
  /** The password is what the seed file says at the time. Nothing of it is in the state folder. */
  | { readonly kind: 'seed' }
  /** Argon2id, in the string form of the PHC. `expiresAt` (milliseconds): of a temporary password. */
  | { readonly kind: 'hash'; readonly hash: string; readonly expiresAt?: number };

export type PasswordAnswer = 'expired' | 'match' | 'mismatch';

/** OWASP Password Storage Cheat Sheet, Argon2id: the first of its equal choices; about 30 ms of one core. */
const strength = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export async function hashPassword(password: string): Promise<string> {
  return hash(normal(password), strength);
}

/**
 * Compares passwords, and takes the same time for it whatever there is to compare with.
 *
 * Passwords of the seed file are held as keyed hashes whose key is made for the process and never stored: a heap dump
 * does not show them, and comparing is quick enough for a hundred thousand of them to be read at each start.
 */
export class PasswordCheck {
  readonly #clock: Clock;
  readonly #nobody: string;
  readonly #key = randomBytes(32);
  readonly #seeded = new Map<string, Buffer>();

  private constructor(clock: Clock, nobody: string) {
    this.#clock = clock;
    this.#nobody = nobody;
  }

  static async create(clock: Clock): Promise<PasswordCheck> {
    return new PasswordCheck(clock, await hashPassword(randomBytes(16).toString('base64')));
  }

  /** Takes over the password that the seed file gives a user. */
  seed(sub: string, password: string): void {
    this.#seeded.set(sub, this.#digest(password));
  }

  /** @param credential `undefined` for somebody who is not there: costs the same work */
  async compare(sub: string, credential: Credential | undefined, password: string): Promise<PasswordAnswer> {
    const stored = credential?.kind === 'hash' ? credential : undefined;
    const verified = await verify(stored?.hash ?? this.#nobody, normal(password));
    if (stored) {
      if (!verified) return 'mismatch';
      return stored.expiresAt !== undefined && stored.expiresAt <= this.#clock() ? 'expired' : 'match';
    }
    const seeded = this.#seeded.get(sub);
    const same = timingSafeEqual(this.#digest(password), seeded ?? Buffer.alloc(32));
    return credential?.kind === 'seed' && seeded !== undefined && same ? 'match' : 'mismatch';
  }

  #digest(password: string): Buffer {
    return createHmac('sha256', this.#key).update(normal(password)).digest();
  }
}

/** The same password typed on another keyboard may arrive composed differently (NIST SP 800-63B, section 5.1.1.2). */
function normal(password: string): string {
  return password.normalize('NFKC');
}
