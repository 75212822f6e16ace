import { type SignInSettings } from '../settings/user-pool-settings.ts';
import { hashPassword, type PasswordHash, passwordMatches } from './password.ts';
import { type User } from './user.ts';
import { type SeedUser } from './users-file.ts';

interface Entry {
  readonly user: User;
  readonly hash: PasswordHash;
}

/** The users of the pool. Passwords are hashed on the way in and kept in no other form. */
export class UserDirectory {
  readonly #bySub: ReadonlyMap<string, Entry>;
  readonly #nobody: PasswordHash;

  private constructor(entries: readonly Entry[], nobody: PasswordHash) {
    this.#bySub = new Map(entries.map((entry) => [entry.user.sub, entry]));
    this.#nobody = nobody;
  }

  static async create(seed: readonly SeedUser[]): Promise<UserDirectory> {
    const [nobody, ...hashes] = await Promise.all([
      hashPassword(''),
      ...seed.map((user) => hashPassword(user.password)),
    ]);
    const entries = seed.flatMap(({ password: _, ...user }, index): Entry[] => {
      const hash = hashes[index];
      return hash ? [{ user, hash }] : [];
    });
    return new UserDirectory(entries, nobody);
  }

  find(sub: string): User | undefined {
    return this.#bySub.get(sub)?.user;
  }

  /**
   * The user whose password this is. An unknown user costs the same hash as a wrong password, so that neither the
   * answer nor the time it takes tells which usernames exist.
   */
  async authenticate(identifier: string, password: string, signIn: SignInSettings): Promise<User | undefined> {
    const entry = this.#identify(identifier.trim(), signIn);
    const matches = await passwordMatches(password, entry?.hash ?? this.#nobody);
    return entry && matches ? entry.user : undefined;
  }

  #identify(identifier: string, signIn: SignInSettings): Entry | undefined {
    const fold = (value: string): string => (signIn.caseSensitive ? value : value.toLowerCase());
    const wanted = fold(identifier);
    let found: Entry | undefined;
    for (const entry of this.#bySub.values()) {
      const { username, attributes } = entry.user;
      const known = { username, email: attributes.email };
      if (signIn.identifiers.some((kind) => fold(known[kind]) === wanted)) found ??= entry;
    }
    return found;
  }
}
