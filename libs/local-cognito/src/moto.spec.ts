import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ForgotPasswordCommand,
  GetGroupCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { operations } from './api/operations.ts';
import { mailedCode, sdk, startApi, UserPoolId } from './testdata/api.ts';
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
  /** The codes that are right. moto mails nothing, has a secret that is none, and takes any code. */
  readonly mailed: () => string;
  readonly appCode: (secret: string, secondsLater: number) => Promise<string>;
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

type CallSide = (command: object) => Promise<Readonly<Record<string, unknown>>>;

/** The same calls on either side. */
async function play(side: Side): Promise<readonly Call[]> {
  const calls: Call[] = [];
  const call: CallSide = async (command) => {
    const name = command.constructor.name.replace(/Command$/, '');
    try {
      const answer = (await side.client.send(command as GetUserCommand)) as unknown as Record<string, unknown>;
      calls.push({ name, shape: shapeOf(answer) });
      return answer;
    } catch (error) {
      calls.push({ name, shape: (error as Error).name });
      return {};
    }
  };
  await playAdministration(side, call);
  await playPeople(side, call);
  await playAuthenticatorApp(side, call);
  return calls;
}

/** Users, groups and passwords, by an administrator, and what becomes of sign-ins. */
async function playAdministration({ pool, app }: Side, call: CallSide): Promise<void> {
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
}

/** What people do about their own accounts, and an administrator instead of them. */
async function playPeople({ pool, app, mailed }: Side, call: CallSide): Promise<void> {
  const at = { UserPoolId: pool };
  const Password = 'A-password-of-mine-1';
  const UserAttributes = [{ Name: 'email', Value: 'joan@example.com' }];
  await call(new SignUpCommand({ ClientId: app, Username: 'joan', Password, UserAttributes }));
  await call(new ConfirmSignUpCommand({ ClientId: app, Username: 'joan', ConfirmationCode: mailed() }));
  await call(new SignUpCommand({ ClientId: app, Username: 'kay', Password }));
  await call(new AdminConfirmSignUpCommand({ ...at, Username: 'kay' }));

  const joan = { ...at, Username: 'joan' };
  const given = { Name: 'given_name', Value: 'Joan' };
  const email = { Name: 'email_verified', Value: 'true' };
  await call(new AdminUpdateUserAttributesCommand({ ...joan, UserAttributes: [given, email] }));
  await call(new AdminUpdateUserAttributesCommand({ ...joan, UserAttributes: [{ Name: 'custom:no', Value: 'x' }] }));
  await call(new AdminDeleteUserAttributesCommand({ ...joan, UserAttributeNames: ['given_name'] }));

  await call(new ForgotPasswordCommand({ ClientId: app, Username: 'joan' }));
  const forgotten = { ClientId: app, Username: 'joan', Password: 'Another-password-1' };
  await call(new ConfirmForgotPasswordCommand({ ...forgotten, ConfirmationCode: mailed() }));
  await call(new AdminResetUserPasswordCommand(joan));
  await call(new ConfirmForgotPasswordCommand({ ...forgotten, ConfirmationCode: mailed() }));
  await call(new AdminResetUserPasswordCommand({ ...at, Username: 'nobody' }));

  const login = new AdminInitiateAuthCommand({
    ...at,
    ClientId: app,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'kay', PASSWORD: Password },
  });
  const { AuthenticationResult: tokens } = await call(login);
  const { AccessToken = '' } = (tokens ?? {}) as Record<string, string>;
  await call(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [given] }));
  const change = { AccessToken, PreviousPassword: Password, ProposedPassword: 'Another-password-1' };
  await call(new ChangePasswordCommand(change));
  await call(new ChangePasswordCommand({ ...change, PreviousPassword: 'Wrong-password-1' }));
  await call(new GlobalSignOutCommand({ AccessToken }));
  await call(new GlobalSignOutCommand({ AccessToken }));
  await call(login);
  await call(new AdminDeleteUserCommand({ ...at, Username: 'kay' }));
  await call(new AdminDeleteUserCommand({ ...at, Username: 'kay' }));
}

/** An authenticator app is set up, asked for, and no longer asked for. */
async function playAuthenticatorApp({ pool, app, appCode }: Side, call: CallSide): Promise<void> {
  const at = { UserPoolId: pool };
  const grace = { ...at, Username: 'grace' };
  const login = new AdminInitiateAuthCommand({
    ...at,
    ClientId: app,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: 'grace', PASSWORD: 'Another-password-1' },
  });
  const wanted = { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
  await call(new AdminSetUserMFAPreferenceCommand({ ...grace, ...wanted }));
  const { AuthenticationResult: tokens } = await call(login);
  const { AccessToken = '' } = (tokens ?? {}) as Record<string, string>;
  const { SecretCode = '' } = await call(new AssociateSoftwareTokenCommand({ AccessToken }));
  const code = (secondsLater: number): Promise<string> => appCode(String(SecretCode), secondsLater);
  await call(new VerifySoftwareTokenCommand({ AccessToken, UserCode: await code(0) }));
  await call(new SetUserMFAPreferenceCommand({ AccessToken, ...wanted }));
  await call(new AdminGetUserCommand(grace));
  const { Session } = await call(login);
  await call(
    new AdminRespondToAuthChallengeCommand({
      ...at,
      ClientId: app,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: String(Session),
      // The code of the set-up is spent: the next one.
      ChallengeResponses: { USERNAME: 'grace', SOFTWARE_TOKEN_MFA_CODE: await code(30) },
    }),
  );
  await call(new AdminSetUserMFAPreferenceCommand({ ...grace, SoftwareTokenMfaSettings: { Enabled: false } }));
  await call(new AdminGetUserCommand(grace));
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
      MfaConfiguration: 'OPTIONAL',
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireLowercase: true } },
    }),
  );
  const pool = UserPool?.Id ?? '';
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId: pool,
      ClientName: 'spa',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH'],
    }),
  );
  for (const GroupName of ['admins', 'users']) {
    await client.send(new CreateGroupCommand({ UserPoolId: pool, GroupName }));
  }
  return {
    client,
    pool,
    app: UserPoolClient?.ClientId ?? '',
    mailed: () => '123456',
    appCode: () => Promise.resolve('123456'),
  };
}

it('the same calls have answers of the same shape in moto, but for the differences that are known', async () => {
  if (!moto) {
    // Where it has to be, its absence is no success.
    expect(process.env['CI']).toBeUndefined();
    return;
  }
  const running = await startApi();
  const their = await inMoto(moto.url);
  const theirs = await play(their);
  const ours = await play({
    client: sdk(running),
    pool: UserPoolId,
    app: 'spa',
    mailed: () => mailedCode(running),
    appCode: (secret, later) => generate({ secret, epoch: Math.floor(Date.now() / 1000) + later }),
  });
  expect(ours.map(({ name }) => name)).toEqual(theirs.map(({ name }) => name));
  const differing = ours.flatMap(({ name, shape }, index) => {
    const other = theirs[index]?.shape;
    return JSON.stringify(shape) === JSON.stringify(other)
      ? []
      : [{ call: `${index} ${name}`, ours: shape, moto: other }];
  });
  expect(differing).toMatchSnapshot();

  // Each was compared where it does what it is for, and what was not compared is not in moto.
  const compared = new Set(ours.flatMap(({ name, shape }) => (typeof shape === 'object' ? name : [])));
  const others = [...operations.keys()].filter((operation) => !compared.has(operation));
  expect(others.sort()).toEqual(['DeleteUser', 'DeleteUserAttributes', 'ResendConfirmationCode', 'RevokeToken']);
  const input = { ClientId: their.app, Username: 'joan', AccessToken: 'x', Token: 'x', UserAttributeNames: ['name'] };
  for (const operation of others)
    expect([operation, await statusOf(moto.url, operation, input)]).toEqual([operation, 500]);
  expect(await statusOf(moto.url, 'ForgotPassword', input)).toBe(200);
}, 120_000);

/** Of an operation that it does not have, moto says that it is its own mistake. */
async function statusOf(url: string, operation: string, input: object): Promise<number> {
  const { status } = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(input),
  });
  return status;
}
