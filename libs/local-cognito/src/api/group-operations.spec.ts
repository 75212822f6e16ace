import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  type CognitoIdentityProviderClient,
  GetGroupCommand,
  ListGroupsCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { sdk, startApi, UserPoolId } from '../testdata/api.ts';
import { ada, bob, payloadOf, type RunningPool, type Tokens } from '../testdata/running-pool.ts';

let running: RunningPool;
let client: CognitoIdentityProviderClient;
beforeAll(async () => {
  running = await startApi();
  client = sdk(running);
});

const Username = bob.username;

async function members(GroupName: string): Promise<(string | undefined)[]> {
  const { Users } = await client.send(new ListUsersInGroupCommand({ UserPoolId, GroupName }));
  return (Users ?? []).map((user) => user.Username);
}

describe('groups', () => {
  it('are listed, in pages', async () => {
    const first = await client.send(new ListGroupsCommand({ UserPoolId, Limit: 1 }));
    expect(first.Groups).toEqual([{ GroupName: 'admins', UserPoolId }]);
    const second = await client.send(new ListGroupsCommand({ UserPoolId, Limit: 1, NextToken: first.NextToken }));
    expect(second.Groups).toEqual([{ GroupName: 'users', UserPoolId }]);
    expect(second.NextToken).toBeUndefined();
  });

  it('are read one by one', async () => {
    expect((await client.send(new GetGroupCommand({ UserPoolId, GroupName: 'users' }))).Group?.GroupName).toBe('users');
    await expect(client.send(new GetGroupCommand({ UserPoolId, GroupName: 'nobodies' }))).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceNotFoundException' }),
    );
  });

  it('take somebody in and let them go; the next token says so', async () => {
    const GroupName = 'users';
    const before = await running.tokens(bob);
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username, GroupName }));
    expect(await members(GroupName)).toEqual(['ada', 'bob']);
    const refreshed = JSON.parse((await running.refresh(before.refresh_token)).body) as Tokens;
    expect(payloadOf(before.access_token)['cognito:groups']).toBeUndefined();
    expect(payloadOf(refreshed.access_token)['cognito:groups']).toEqual(['users']);

    const listed = await client.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
    expect(listed.Groups).toEqual([{ GroupName, UserPoolId }]);
    await client.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }));
    expect(await members(GroupName)).toEqual(['ada']);
    const again = JSON.parse((await running.refresh(before.refresh_token)).body) as Tokens;
    expect(payloadOf(again.access_token)['cognito:groups']).toBeUndefined();
    expect(payloadOf(again.id_token)['cognito:groups']).toBeUndefined();
  });

  it('outlive a restart', async () => {
    await client.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username: 'ada', GroupName: 'admins' }));
    await running.restart();
    client = sdk(running);
    expect(payloadOf((await running.tokens(ada)).access_token)['cognito:groups']).toEqual(['users']);
  });

  it.each([
    [{ GroupName: 'nobodies', Username }, 'ResourceNotFoundException'],
    [{ GroupName: 'users', Username: 'nobody' }, 'UserNotFoundException'],
  ])('refuse %j', async (changes, name) => {
    const adding = client.send(new AdminAddUserToGroupCommand({ UserPoolId, ...changes }));
    await expect(adding).rejects.toThrow(expect.objectContaining({ name }));
  });
});
