import {
  type AdminUserGlobalSignOutCommandInput,
  type ListGroupsCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { Logger } from '@nestjs/common';

import { type PoolUser, readPoolUser } from './pool-user.ts';
import { meaningOf, refuse } from './refuse.ts';
import { userFilter } from './user-filter.ts';
import { type GroupList, type Invitation, type UserList, type UserPool, type UserQuestion } from './user-pool.ts';
import { type UserPoolApi } from './user-pool-api.ts';

/** How many users a page has. */
const PAGE_SIZE = 20;
/** The most groups that the API lists at once, and how often it is asked for more: 600 groups fill a list. */
const GROUPS_AT_ONCE = 60;
const GROUP_PAGES = 10;

/** A user pool of Cognito, or one that speaks its API. */
export class CognitoUserPool implements UserPool {
  readonly #logger = new Logger('UserPool');
  #api: Promise<UserPoolApi> | undefined;

  /** @param connect is called when the pool is first asked */
  constructor(
    private readonly poolId: string,
    private readonly connect: () => Promise<UserPoolApi>,
  ) {}

  async list({ search, after }: UserQuestion): Promise<UserList> {
    const { Users = [], PaginationToken: next } = await this.#ask((api) =>
      api.listUsers({
        UserPoolId: this.poolId,
        Limit: PAGE_SIZE,
        ...(search !== undefined && { Filter: userFilter(search) }),
        ...(after !== undefined && { PaginationToken: after }),
      }),
    );
    return {
      users: Users.map((user) => readPoolUser(user, user.Attributes)),
      ...(next !== undefined && { next }),
    };
  }

  async find(username: string): Promise<PoolUser> {
    const found = await this.#ask((api) => api.adminGetUser(this.#user(username)));
    return readPoolUser(found, found.UserAttributes);
  }

  groups(): Promise<GroupList> {
    return this.#groups((api, token) =>
      api.listGroups({ UserPoolId: this.poolId, Limit: GROUPS_AT_ONCE, ...(token && { NextToken: token }) }),
    );
  }

  async groupsOf(username: string): Promise<readonly string[]> {
    // Fewer than fill a list: a user is in 100 at most (Cognito's quota).
    const { names } = await this.#groups((api, token) =>
      api.adminListGroupsForUser({
        ...this.#user(username),
        Limit: GROUPS_AT_ONCE,
        ...(token && { NextToken: token }),
      }),
    );
    return names;
  }

  async invite({ email, name }: Invitation): Promise<PoolUser> {
    const { User } = await this.#ask((api) =>
      api.adminCreateUser({
        ...this.#user(email),
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: email },
          // Whoever signs in with what was mailed there has it; without the mark a password could never be reset.
          { Name: 'email_verified', Value: 'true' },
          ...(name === undefined ? [] : [{ Name: 'name', Value: name }]),
        ],
      }),
    );
    return readPoolUser(User ?? {}, User?.Attributes);
  }

  async inviteAgain(username: string): Promise<void> {
    await this.#ask((api) =>
      api.adminCreateUser({
        ...this.#user(username),
        MessageAction: 'RESEND',
        DesiredDeliveryMediums: ['EMAIL'],
      }),
    );
  }

  async enable(username: string): Promise<void> {
    await this.#ask((api) => api.adminEnableUser(this.#user(username)));
  }

  async disable(username: string): Promise<void> {
    await this.#ask((api) => api.adminDisableUser(this.#user(username)));
  }

  async resetPassword(username: string): Promise<void> {
    await this.#ask((api) => api.adminResetUserPassword(this.#user(username)));
  }

  async joinGroup(username: string, group: string): Promise<void> {
    await this.#ask((api) => api.adminAddUserToGroup({ ...this.#user(username), GroupName: group }));
  }

  async leaveGroup(username: string, group: string): Promise<void> {
    await this.#ask((api) => api.adminRemoveUserFromGroup({ ...this.#user(username), GroupName: group }));
  }

  async signOut(username: string): Promise<void> {
    await this.#ask((api) => api.adminUserGlobalSignOut(this.#user(username)));
  }

  #user(username: string): AdminUserGlobalSignOutCommandInput {
    return { UserPoolId: this.poolId, Username: username };
  }

  async #groups(
    page: (
      api: UserPoolApi,
      token: string | undefined,
    ) => Promise<Pick<ListGroupsCommandOutput, 'Groups' | 'NextToken'>>,
  ): Promise<GroupList> {
    const names: string[] = [];
    let token: string | undefined;
    for (let pages = 0; pages < GROUP_PAGES; pages += 1) {
      const { Groups = [], NextToken } = await this.#ask((api) => page(api, token));
      names.push(...Groups.flatMap(({ GroupName }) => GroupName ?? []));
      if (NextToken === undefined) return { names, whole: true };
      token = NextToken;
    }
    return { names, whole: false };
  }

  /** Connected once; what failed is tried again by the next question. */
  #connected(): Promise<UserPoolApi> {
    this.#api ??= this.connect().catch((error: unknown) => {
      this.#api = undefined;
      throw error;
    });
    return this.#api;
  }

  /** @throws {HttpException} of a refusal */
  async #ask<Answer>(question: (api: UserPoolApi) => Promise<Answer>): Promise<Answer> {
    try {
      return await question(await this.#connected());
    } catch (error) {
      const code = meaningOf(error);
      if (code === 'USER_POOL_UNAVAILABLE') this.#logger.error(error);
      throw refuse(code);
    }
  }
}
