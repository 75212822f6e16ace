import {
  AdminCreateUserCommand,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  type ListUsersCommandInput,
  paginateListUsers,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, expect, it } from '@jest/globals';
import { sdk, startApi, UserPoolId } from '../testdata/api.ts';
import { type RunningPool } from '../testdata/running-pool.ts';

let running: RunningPool;
let client: CognitoIdentityProviderClient;
beforeAll(async () => {
  running = await startApi();
  client = sdk(running);
  for (const Username of ['carol', 'carl', 'dan']) {
    const UserAttributes = [{ Name: 'email', Value: `${Username}@example.org` }];
    await client.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes }));
  }
});

async function names(changes: Partial<ListUsersCommandInput>): Promise<(string | undefined)[]> {
  const { Users } = await client.send(new ListUsersCommand({ UserPoolId, ...changes }));
  return (Users ?? []).map(({ Username }) => Username);
}

it.each([
  [undefined, ['ada', 'bob', 'carol', 'carl', 'dan']],
  ['username ^= "car"', ['carol', 'carl']],
  ['email = "ada@example.com"', ['ada']],
  ['cognito:user_status = "CONFIRMED"', ['ada', 'bob']],
  ['status = "Enabled"', ['ada', 'bob', 'carol', 'carl', 'dan']],
  ['username = "nobody"', []],
])('lists by filter %p', async (Filter, expected) => {
  expect(await names({ Filter })).toEqual(expected);
});

it('lists in pages, through the SDK’s own paginator', async () => {
  const seen: (string | undefined)[][] = [];
  for await (const { Users } of paginateListUsers({ client, pageSize: 2 }, { UserPoolId })) {
    seen.push((Users ?? []).map(({ Username }) => Username));
  }
  expect(seen).toEqual([['ada', 'bob'], ['carol', 'carl'], ['dan']]);
});

it('gives the attributes that were asked for', async () => {
  const { Users } = await client.send(
    new ListUsersCommand({ UserPoolId, Filter: 'username = "ada"', AttributesToGet: ['email'] }),
  );
  expect(Users?.[0]?.Attributes).toEqual([{ Name: 'email', Value: 'ada@example.com' }]);
});

it.each([
  [{ Filter: 'custom:team = "x"' }, 'InvalidParameterException'],
  [{ PaginationToken: 'nonsense' }, 'InvalidParameterException'],
  [{ Limit: 61 }, 'InvalidParameterException'],
  [{ UserPoolId: 'us-east-1_Other' }, 'ResourceNotFoundException'],
])('refuses %j', async (changes, name) => {
  await expect(names(changes)).rejects.toThrow(expect.objectContaining({ name }));
});
