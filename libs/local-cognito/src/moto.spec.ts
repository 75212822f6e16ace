import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  GetGroupCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sdk, startApi, UserPoolId } from './testdata/api.ts';
import { type Moto, startMoto } from './testdata/moto.ts';

/** What is sent, and what comes back: an answer, or the name of an error. */
interface Call {
  readonly name: string;
  readonly shape: unknown;
}

interface Side {
  readonly client: CognitoIdentityProviderClient;
  readonly pool: string;
  readonly app: string;
}

let moto: Moto | undefined;
beforeAll(async () => {
  moto = await startMoto();
  if (!moto) console.warn('moto_server is not here: pip install "moto[server]==5.2.1"');
}, 60_000);
afterAll(() => moto?.close());

/** The members of an answer and their types, in one order. Of a list, those of its first. */
function shapeOf(value: unknown): unknown {
  if (value instanceof Date) return 'date';
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return typeof value;
  const members = Object.entries(value)
    .filter(([name, member]) => name !== '$metadata' && member !== undefined)
    .sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(members.map(([name, member]) => [name, shapeOf(member)]));
}

/** The same calls on either side. */
async function play({ client, pool, app }: Side): Promise<readonly Call[]> {
  const calls: Call[] = [];
  async function call(command: object): Promise<Readonly<Record<string, unknown>>> {
    const name = command.constructor.name.replace(/Command$/, '');
    try {
      const answer = (await client.send(command as GetUserCommand)) as unknown as Record<string, unknown>;
      calls.push({ name, shape: shapeOf(answer) });
      return answer;
    } catch (error) {
      calls.push({ name, shape: (error as Error).name });
      return {};
    }
  }
  const at = { UserPoolId: pool };
  const grace = { ...at, Username: 'grace' };
  const group = { ...at, GroupName: 'users' };
  const UserAttributes = [
    { Name: 'email', Value: 'grace@example.com' },
    { Name: 'email_verified', Value: 'true' },
  ];
  const TemporaryPassword = 'A-temporary-password-1';
  const login = (PASSWORD: string, USERNAME = 'grace'): InitiateAuthCommand =>
    new InitiateAuthCommand({
      ClientId: app,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD },
    });

  await call(new AdminCreateUserCommand({ ...grace, TemporaryPassword, UserAttributes, MessageAction: 'SUPPRESS' }));
  await call(new AdminCreateUserCommand({ ...grace, TemporaryPassword, MessageAction: 'SUPPRESS' }));
  await call(new AdminGetUserCommand(grace));
  await call(new AdminGetUserCommand({ ...at, Username: 'nobody' }));
  const { Session } = await call(login(TemporaryPassword));
  const ChallengeResponses = { USERNAME: 'grace', NEW_PASSWORD: 'A-password-of-mine-1' };
  await call(
    new RespondToAuthChallengeCommand({
      ClientId: app,
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: String(Session),
      ChallengeResponses,
    }),
  );
  await call(login('Wrong-password-1'));
  const { AuthenticationResult: tokens } = await call(login('A-password-of-mine-1'));
  const { AccessToken = '', RefreshToken = '' } = (tokens ?? {}) as Record<string, string>;
  await call(new GetUserCommand({ AccessToken }));
  await call(
    new InitiateAuthCommand({
      ClientId: app,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    }),
  );
  await call(new ListGroupsCommand(at));
  await call(new GetGroupCommand(group));
  await call(new AdminAddUserToGroupCommand({ ...grace, GroupName: 'users' }));
  await call(new AdminAddUserToGroupCommand({ ...grace, GroupName: 'nobodies' }));
  await call(new AdminListGroupsForUserCommand(grace));
  await call(new ListUsersInGroupCommand(group));
  await call(new AdminRemoveUserFromGroupCommand({ ...grace, GroupName: 'users' }));
  await call(new ListUsersCommand({ ...at, Filter: 'username = "grace"' }));
  await call(new AdminDisableUserCommand(grace));
  await call(new AdminEnableUserCommand(grace));
  await call(new AdminSetUserPasswordCommand({ ...grace, Password: 'Another-password-1', Permanent: true }));
  await call(new AdminSetUserPasswordCommand({ ...grace, Password: 'x', Permanent: true }));
  await call(new AdminUserGlobalSignOutCommand(grace));
  await call(new GetUserCommand({ AccessToken }));
  const newcomer = { ClientId: app, Username: 'ivy', Password: 'A-password-of-mine-1' };
  await call(new SignUpCommand({ ...newcomer, UserAttributes: [{ Name: 'email', Value: 'ivy@example.com' }] }));
  await call(new SignUpCommand({ ...newcomer, UserAttributes: [{ Name: 'email', Value: 'ivy@example.com' }] }));
  await call(login('A-password-of-mine-1', 'ivy'));
  await call(new DescribeUserPoolCommand(at));
  await call(new DescribeUserPoolClientCommand({ ...at, ClientId: app }));
  await call(new ListUserPoolClientsCommand({ ...at, MaxResults: 10 }));
  return calls;
}

async function inMoto(url: string): Promise<Side> {
  const client = new CognitoIdentityProviderClient({
    region: 'us-east-1',
    endpoint: url,
    credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' },
  });
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({
      PoolName: 'gatehouse-local',
      AutoVerifiedAttributes: ['email'],
      MfaConfiguration: 'OFF',
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireLowercase: true } },
    }),
  );
  const pool = UserPool?.Id ?? '';
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId: pool,
      ClientName: 'spa',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    }),
  );
  for (const GroupName of ['admins', 'users']) {
    await client.send(new CreateGroupCommand({ UserPoolId: pool, GroupName }));
  }
  return { client, pool, app: UserPoolClient?.ClientId ?? '' };
}

it('the same calls have answers of the same shape in moto, but for the differences that are known', async () => {
  if (!moto) {
    // Where it has to be, its absence is no success.
    expect(process.env['CI']).toBeUndefined();
    return;
  }
  const running = await startApi({ mfa_configuration: 'OFF' });
  const theirs = await play(await inMoto(moto.url));
  const ours = await play({ client: sdk(running), pool: UserPoolId, app: 'spa' });
  expect(ours.map(({ name }) => name)).toEqual(theirs.map(({ name }) => name));
  const differing = ours.flatMap(({ name, shape }, index) => {
    const other = theirs[index]?.shape;
    return JSON.stringify(shape) === JSON.stringify(other)
      ? []
      : [{ call: `${index} ${name}`, ours: shape, moto: other }];
  });
  expect(differing).toMatchSnapshot();
}, 120_000);
