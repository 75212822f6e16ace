import { type PoolUser } from '../users/pool-user.ts';
import { refuse } from '../users/refuse.ts';
import { type RefusalCode } from '../users/refusals.ts';
import {
  type GroupList,
  type Invitation,
  type UserList,
  type UserPool,
  type UserQuestion,
} from '../users/user-pool.ts';

/** A user pool of a test. Remembers what it was asked to change. */
export class MemoryPool implements UserPool {
  readonly users: PoolUser[] = [];
  readonly memberships = new Map<string, readonly string[]>();
  readonly calls: (readonly string[])[] = [];
  questions: UserQuestion[] = [];
  known: GroupList = { names: ['admins', 'users'], whole: true };
  next: string | undefined;
  /** What the next change is refused with. */
  refusal: RefusalCode | undefined;

  list(question: UserQuestion): Promise<UserList> {
    this.questions.push(question);
    return this.answer({ users: this.users, ...(this.next !== undefined && { next: this.next }) });
  }

  find(username: string): Promise<PoolUser> {
    const user = this.users.find((known) => known.username === username || known.email === username);
    return user === undefined ? Promise.reject(refuse('USER_UNKNOWN')) : Promise.resolve(user);
  }

  groups(): Promise<GroupList> {
    return Promise.resolve(this.known);
  }

  groupsOf(username: string): Promise<readonly string[]> {
    return Promise.resolve(this.memberships.get(username) ?? []);
  }

  async invite({ email, name }: Invitation): Promise<PoolUser> {
    await this.change('invite', email);
    const invited: PoolUser = {
      username: 'new-user',
      subject: 'new-user',
      email,
      ...(name !== undefined && { name }),
      emailVerified: true,
      enabled: true,
      status: 'FORCE_CHANGE_PASSWORD',
    };
    this.users.push(invited);
    return invited;
  }

  inviteAgain = (username: string): Promise<void> => this.change('invite-again', username);
  enable = (username: string): Promise<void> => this.change('enable', username);
  disable = (username: string): Promise<void> => this.change('disable', username);
  resetPassword = (username: string): Promise<void> => this.change('reset-password', username);
  signOut = (username: string): Promise<void> => this.change('sign-out', username);
  joinGroup = (username: string, group: string): Promise<void> => this.change('join-group', username, group);
  leaveGroup = (username: string, group: string): Promise<void> => this.change('leave-group', username, group);

  private change(...call: readonly string[]): Promise<void> {
    this.calls.push(call);
    return this.answer(undefined);
  }

  private answer<Value>(value: Value): Promise<Value> {
    return this.refusal === undefined ? Promise.resolve(value) : Promise.reject(refuse(this.refusal));
  }
}
