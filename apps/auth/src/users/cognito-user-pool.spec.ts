import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { HttpException, Logger } from '@nestjs/common';

import { CognitoUserPool } from './cognito-user-pool.ts';
import { type UserPoolApi } from './user-pool-api.ts';

const poolId = 'eu-central-1_AbCdEfGhI';
const sub = '5f2c9a1e-8b3d-4c6f-9a7e-1d2b3c4e5f60';

/** A client that answers as told, and remembers what it was asked. */
function pool(
  answers: Partial<Readonly<Record<keyof UserPoolApi, (input: object) => unknown>>>,
  failing = 0,
): {
  readonly pool: CognitoUserPool;
  readonly asked: [operation: string, input: object][];
  readonly connects: () => number;
} {
  const asked: [string, object][] = [];
  let connects = 0;
  const api = new Proxy({} as UserPoolApi, {
    // Not to be taken for a promise.
    get: (_, operation: string) =>
      operation === 'then'
        ? undefined
        : (input: object) => {
            asked.push([operation, input]);
            return Promise.resolve(answers[operation as keyof UserPoolApi]?.(input) ?? { $metadata: {} });
          },
  });
  const connect = (): Promise<UserPoolApi> => {
    connects += 1;
    return connects > failing ? Promise.resolve(api) : Promise.reject(new Error('no credentials yet'));
  };
  return { pool: new CognitoUserPool(poolId, connect), asked, connects: () => connects };
}

describe('CognitoUserPool', () => {
  it('connects when it is first asked, and once', async () => {
    const { pool: there, connects } = pool({});
    expect(connects()).toBe(0);
    await Promise.all([there.list({}), there.list({})]);
    expect(connects()).toBe(1);
  });

  it('lists twenty at a time, by a filter, from a page on', async () => {
    const { pool: there, asked } = pool({
      listUsers: () => ({
        Users: [{ Username: sub, Enabled: true, UserStatus: 'CONFIRMED', Attributes: [{ Name: 'sub', Value: sub }] }],
        PaginationToken: 'next',
      }),
    });
    expect(await there.list({ search: { by: 'email', text: 'a"' }, after: 'token' })).toEqual({
      users: [{ username: sub, subject: sub, emailVerified: false, enabled: true, status: 'CONFIRMED' }],
      next: 'next',
    });
    expect(asked).toEqual([
      ['listUsers', { UserPoolId: poolId, Limit: 20, Filter: 'email ^= "a\\""', PaginationToken: 'token' }],
    ]);
    await there.list({});
    expect(asked[1]).toEqual(['listUsers', { UserPoolId: poolId, Limit: 20 }]);
  });

  it('reads groups to the last page, and gives up before there are too many', async () => {
    const two = pool({
      listGroups: (input) =>
        'NextToken' in input
          ? { Groups: [{ GroupName: 'users' }] }
          : { Groups: [{ GroupName: 'admins' }], NextToken: 'more' },
    });
    expect(await two.pool.groups()).toEqual({ names: ['admins', 'users'], whole: true });
    const endless = pool({ adminListGroupsForUser: () => ({ Groups: [{ GroupName: 'x' }], NextToken: 'more' }) });
    expect(await endless.pool.groupsOf(sub)).toHaveLength(10);
    const many = pool({ listGroups: () => ({ Groups: [{ GroupName: 'x' }], NextToken: 'more' }) });
    expect(await many.pool.groups()).toEqual({ names: Array(10).fill('x'), whole: false });
  });

  it('invites by mail, without a password of its own', async () => {
    const { pool: there, asked } = pool({ adminCreateUser: () => ({ User: { Username: sub } }) });
    await there.invite({ email: 'ada@example.com', name: 'Ada' });
    await there.inviteAgain('ada@example.com');
    expect(asked).toEqual([
      [
        'adminCreateUser',
        {
          UserPoolId: poolId,
          Username: 'ada@example.com',
          DesiredDeliveryMediums: ['EMAIL'],
          UserAttributes: [
            { Name: 'email', Value: 'ada@example.com' },
            { Name: 'email_verified', Value: 'true' },
            { Name: 'name', Value: 'Ada' },
          ],
        },
      ],
      [
        'adminCreateUser',
        {
          UserPoolId: poolId,
          Username: 'ada@example.com',
          MessageAction: 'RESEND',
          DesiredDeliveryMediums: ['EMAIL'],
        },
      ],
    ]);
  });

  it('changes the one user of the one pool', async () => {
    const { pool: there, asked } = pool({});
    const user = { UserPoolId: poolId, Username: sub };
    await there.enable(sub);
    await there.disable(sub);
    await there.resetPassword(sub);
    await there.signOut(sub);
    await there.joinGroup(sub, 'users');
    await there.leaveGroup(sub, 'users');
    expect(asked).toEqual([
      ['adminEnableUser', user],
      ['adminDisableUser', user],
      ['adminResetUserPassword', user],
      ['adminUserGlobalSignOut', user],
      ['adminAddUserToGroup', { ...user, GroupName: 'users' }],
      ['adminRemoveUserFromGroup', { ...user, GroupName: 'users' }],
    ]);
  });
});

describe('what the SDK throws', () => {
  let logged: jest.SpiedFunction<Logger['error']>;
  beforeEach(() => {
    logged = jest.spyOn(Logger.prototype, 'error').mockReturnValue();
  });
  afterEach(() => logged.mockRestore());

  it.each([
    ['UserNotFoundException', 404, 'USER_UNKNOWN', 0],
    ['ResourceNotFoundException', 404, 'GROUP_UNKNOWN', 0],
    ['UsernameExistsException', 409, 'USER_EXISTS', 0],
    ['AliasExistsException', 409, 'USER_EXISTS', 0],
    ['NotAuthorizedException', 409, 'USER_STATE', 0],
    ['UnsupportedUserStateException', 409, 'USER_STATE', 0],
    ['InvalidParameterException', 400, 'USER_POOL_REFUSED', 0],
    ['TooManyRequestsException', 503, 'USER_POOL_BUSY', 0],
    ['LimitExceededException', 503, 'USER_POOL_BUSY', 0],
    ['AccessDeniedException', 503, 'USER_POOL_UNAVAILABLE', 1],
    ['CredentialsProviderError', 503, 'USER_POOL_UNAVAILABLE', 1],
    ['TimeoutError', 503, 'USER_POOL_UNAVAILABLE', 1],
    ['toString', 503, 'USER_POOL_UNAVAILABLE', 1],
  ])('%s is %i %s, without its message', async (name, status, code, lines) => {
    const { pool: there } = pool({
      adminGetUser: () => {
        throw Object.assign(new Error('ada@example.com'), { name });
      },
    });
    const thrown: unknown = await there.find(sub).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(HttpException);
    if (!(thrown instanceof HttpException)) return;
    expect([thrown.getStatus(), thrown.getResponse()]).toEqual([status, { code }]);
    expect(thrown.cause).toBeUndefined();
    expect(logged).toHaveBeenCalledTimes(lines);
  });

  it('connects again where it failed, so that one bad moment does not last until the next start', async () => {
    const { pool: there, connects } = pool({}, 1);
    await expect(there.list({})).rejects.toThrow(HttpException);
    await expect(there.list({})).resolves.toEqual({ users: [] });
    expect(connects()).toBe(2);
  });
});
