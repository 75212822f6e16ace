import { type PoolUser } from './pool-user.ts';
import { type Search } from './user-filter.ts';

/** The injection token of the {@link UserPool}. */
export const USER_POOL = Symbol('UserPool');

/** Some of the users, and where to go on. */
export interface UserList {
  readonly users: readonly PoolUser[];
  /** Opaque; absent on the last page. */
  readonly next?: string;
}

export interface UserQuestion {
  /** @default everybody */
  readonly search?: Search;
  /** `next` of the page before. @default the first page */
  readonly after?: string;
}

/** The groups of the pool. */
export interface GroupList {
  readonly names: readonly string[];
  /** Whether they are all. */
  readonly whole: boolean;
}

export interface Invitation {
  readonly email: string;
  readonly name?: string;
}

/**
 * The user pool, to whoever administers its users. Users are named by their username in the pool.
 *
 * Every method throws the `HttpException` of one of the `refusals`.
 */
export interface UserPool {
  list(question: UserQuestion): Promise<UserList>;
  find(username: string): Promise<PoolUser>;
  groups(): Promise<GroupList>;
  groupsOf(username: string): Promise<readonly string[]>;
  /** Mails a temporary password, which nobody here sees. */
  invite(invitation: Invitation): Promise<PoolUser>;
  /** Mails another temporary password to somebody who has not used theirs. */
  inviteAgain(username: string): Promise<void>;
  enable(username: string): Promise<void>;
  /** They cannot sign in any more, and their tokens are not refreshed. */
  disable(username: string): Promise<void>;
  /** Mails a code with which they have to choose another password. */
  resetPassword(username: string): Promise<void>;
  joinGroup(username: string, group: string): Promise<void>;
  leaveGroup(username: string, group: string): Promise<void>;
  /** Takes back their tokens, in every browser and app. */
  signOut(username: string): Promise<void>;
}
