import { type Clock } from '../clock.ts';
import { type Identifier, type SignInSettings } from '../settings/user-pool-settings.ts';
import { type StateStore } from '../state/state-store.ts';
import { type Account } from './account.ts';
import { type User } from './user.ts';

/** An account and its place in the list of all. */
export interface Listed {
  readonly account: Account;
  /** Grows; an account keeps it. */
  readonly position: number;
}

/** What the state folder holds of a user: the account as a whole, or that somebody of the seed file is deleted. */
type Stored = { readonly account: Account } | { readonly deleted: true };

const kind = 'user';
const identifiers = ['username', 'email', 'phone_number', 'preferred_username'] as const satisfies Identifier[];

/**
 * The users of the pool: those of the seed file, and over them what has happened since.
 *
 * Somebody of the seed file is as the file says until something about them changes; from then on the state folder says.
 * All are in memory, so that finding one costs nothing; a change is answered when it is on the disk.
 */
export class UserDirectory {
  readonly #store: StateStore;
  readonly #clock: Clock;
  readonly #bySub = new Map<string, Listed>();
  /** Of each identifier, the subs by lower-case value; one alone, as nearly always, without a list around it. */
  readonly #byName = Object.fromEntries(
    identifiers.map((name) => [name, new Map<string, string | readonly string[]>()]),
  ) as Readonly<Record<Identifier, Map<string, string | readonly string[]>>>;
  readonly #seeded: ReadonlySet<string>;
  #nextPosition = 0;

  private constructor(store: StateStore, clock: Clock, seeded: ReadonlySet<string>) {
    this.#store = store;
    this.#clock = clock;
    this.#seeded = seeded;
  }

  /** @param seed the users of the seed file, whose password is in it (`{ kind: 'seed' }`) */
  static async open(store: StateStore, clock: Clock, seed: readonly User[]): Promise<UserDirectory> {
    const stored = new Map((await store.entries(kind)) as readonly (readonly [string, Stored])[]);
    const directory = new UserDirectory(store, clock, new Set(seed.map(({ sub }) => sub)));
    for (const user of seed) {
      const over = stored.get(user.sub);
      if (over === undefined) directory.#set({ user, credential: { kind: 'seed' }, codes: {} });
      else if ('account' in over) directory.#set(over.account);
      stored.delete(user.sub);
    }
    const others = [...stored.values()].flatMap((entry) => ('account' in entry ? [entry.account] : []));
    others.sort((a, b) => a.user.createdAt - b.user.createdAt);
    for (const account of others) directory.#set(account);
    return directory;
  }

  get size(): number {
    return this.#bySub.size;
  }

  find(sub: string): User | undefined {
    return this.#bySub.get(sub)?.account.user;
  }

  account(sub: string): Account | undefined {
    return this.#bySub.get(sub)?.account;
  }

  /** All accounts, in an order that stays. */
  all(): IterableIterator<Listed> {
    return this.#bySub.values();
  }

  /** Whoever signs in with this name. An alias that could be another's counts only when it has been verified. */
  identify(identifier: string, signIn: SignInSettings): Account | undefined {
    for (const name of signIn.identifiers) {
      const verified = !signIn.usernameIsSub && (name === 'email' || name === 'phone_number');
      const found = this.named(name, identifier, signIn).find(
        ({ user }) => !verified || user.attributes[`${name}_verified`] === 'true',
      );
      if (found) return found;
    }
    return undefined;
  }

  /** Whoever an administrator means by `Username`: as {@link identify}, or by `sub` where that is the username. */
  resolve(username: string, signIn: SignInSettings): Account | undefined {
    return (signIn.usernameIsSub ? this.account(username) : undefined) ?? this.identify(username, signIn);
  }

  /** Everybody with this value of an identifier. */
  named(name: Identifier, value: string, { caseSensitive }: Pick<SignInSettings, 'caseSensitive'>): readonly Account[] {
    const accounts = this.#subs(name, value.toLowerCase()).flatMap((sub) => this.account(sub) ?? []);
    return caseSensitive ? accounts.filter(({ user }) => valueOf(user, name) === value) : accounts;
  }

  /** Adds an account. The caller has seen to it that its names are free, in the same turn. */
  async add(account: Account): Promise<void> {
    this.#set(account);
    await this.#write(account);
  }

  /**
   * Changes an account in one step: `edit` sees it as it is now, and nothing comes between. Resolves when the change is
   * on the disk.
   *
   * @returns the account as it is afterwards; `undefined` when it is gone
   */
  async change(sub: string, edit: (account: Account) => Account): Promise<Account | undefined> {
    const before = this.account(sub);
    if (!before) return undefined;
    const edited = edit(before);
    if (edited === before) return before;
    const user = edited.user === before.user ? edited.user : { ...edited.user, modifiedAt: this.#clock() };
    const account = { ...edited, user };
    this.#set(account);
    await this.#write(account);
    return account;
  }

  async remove(sub: string): Promise<void> {
    this.#unset(sub);
    const value: Stored | undefined = this.#seeded.has(sub) ? { deleted: true } : undefined;
    await this.#store.write([{ kind, id: sub, value }]);
  }

  /** Takes as long as a change does: for an answer that must not tell whether there was something to change. */
  async pretendToChange(): Promise<void> {
    await this.#store.write([{ kind: 'pretence', id: '', value: 0 }]);
  }

  #write(account: Account): Promise<void> {
    return this.#store.write([{ kind, id: account.user.sub, value: { account } satisfies Stored }]);
  }

  #set(account: Account): void {
    const { user } = account;
    const before = this.#bySub.get(user.sub);
    for (const name of identifiers) {
      const [was, is] = [before && valueOf(before.account.user, name), valueOf(user, name)];
      if (was === is) continue;
      this.#forgetName(user.sub, name, was);
      if (is === undefined) continue;
      const key = is.toLowerCase();
      const others = this.#subs(name, key);
      this.#byName[name].set(key, others.length === 0 ? user.sub : [...others, user.sub]);
    }
    this.#bySub.set(user.sub, { account, position: before?.position ?? this.#nextPosition++ });
  }

  #unset(sub: string): void {
    const user = this.find(sub);
    if (!user) return;
    for (const name of identifiers) this.#forgetName(sub, name, valueOf(user, name));
    this.#bySub.delete(sub);
  }

  #subs(name: Identifier, key: string): readonly string[] {
    const found = this.#byName[name].get(key);
    return typeof found === 'string' ? [found] : (found ?? []);
  }

  #forgetName(sub: string, name: Identifier, value: string | undefined): void {
    if (value === undefined) return;
    const key = value.toLowerCase();
    const left = this.#subs(name, key).filter((other) => other !== sub);
    if (left.length > 0) this.#byName[name].set(key, left);
    else this.#byName[name].delete(key);
  }
}

function valueOf(user: User, name: Identifier): string | undefined {
  return name === 'username' ? user.username : user.attributes[name];
}
