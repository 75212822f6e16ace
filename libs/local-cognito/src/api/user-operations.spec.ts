import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  type AdminCreateUserCommandInput,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { sdk, startApi, UserPoolId } from '../testdata/api.ts';
import { ada, type RunningPool } from '../testdata/running-pool.ts';

let running: RunningPool;
let client: CognitoIdentityProviderClient;
beforeAll(async () => {
  running = await startApi();
  client = sdk(running);
});

let made = 0;
async function create(changes: Partial<AdminCreateUserCommandInput> = {}): Promise<string> {
  const Username = `user${made++}`;
  const UserAttributes = [
    { Name: 'email', Value: `${Username}@example.com` },
    { Name: 'email_verified', Value: 'true' },
  ];
  await client.send(new AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, ...changes }));
  return Username;
}

function get(Username: string): Promise<unknown> {
  return client.send(new AdminGetUserCommand({ UserPoolId, Username }));
}

async function attributes(username: string): Promise<Record<string, string>> {
  const { UserAttributes } = (await get(username)) as { UserAttributes: { Name: string; Value: string }[] };
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
}

function named(name: string): unknown {
  return expect.objectContaining({ name });
}

async function login(USERNAME: string, PASSWORD: string, ClientId = 'legacy'): Promise<unknown> {
  return client.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } }),
  );
}

describe('AdminCreateUser', () => {
  it('makes somebody who has to choose a password, and mails them one', async () => {
    const mails = running.mails.length;
    const answer = await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: 'grace',
        UserAttributes: [{ Name: 'email', Value: 'grace@example.com' }],
      }),
    );
    expect(answer.User).toMatchObject({
      Username: 'grace',
      Enabled: true,
      UserStatus: 'FORCE_CHANGE_PASSWORD',
      UserCreateDate: expect.any(Date),
      UserLastModifiedDate: expect.any(Date),
    });
    expect(answer.User?.Attributes?.[0]).toEqual({ Name: 'sub', Value: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(running.mails.length).toBe(mails + 1);
    const [, password = ''] = /temporary password is (.*)$/.exec(running.mails.at(-1)?.text ?? '') ?? [];
    expect(await login('grace', password)).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
    expect(JSON.stringify(running.log)).not.toContain(password);
  });

  it('says nothing by mail when told so, and writes once more when told so', async () => {
    const username = await create({ MessageAction: 'SUPPRESS', TemporaryPassword: 'first password' });
    expect(running.mails.at(-1)?.to).not.toBe(`${username}@example.com`);
    await client.send(
      new AdminCreateUserCommand({
        UserPoolId,
        Username: username,
        MessageAction: 'RESEND',
        TemporaryPassword: 'second password',
      }),
    );
    expect(running.mails.at(-1)).toMatchObject({ to: `${username}@example.com` });
    await expect(login(username, 'first password')).rejects.toThrow(named('NotAuthorizedException'));
    expect(await login(username, 'second password')).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  });

  it('lets a temporary password expire', async () => {
    const username = await create({ TemporaryPassword: 'first password' });
    running.ahead = 7 * 86_400 + 1;
    await expect(login(username, 'first password')).rejects.toThrow('Temporary password has expired');
    running.ahead = 0;
  });

  it.each([
    [{ Username: 'ada' }, 'UsernameExistsException'],
    [{ Username: 'ADA' }, 'UsernameExistsException'],
    [{ Username: 'has space' }, 'InvalidParameterException'],
    [{ UserAttributes: [{ Name: 'nonsense', Value: 'x' }] }, 'InvalidParameterException'],
    [{ TemporaryPassword: 'short' }, 'InvalidPasswordException'],
    [{ UserPoolId: 'us-east-1_Other' }, 'ResourceNotFoundException'],
    [{ MessageAction: 'RESEND' as const, Username: 'nobody' }, 'UserNotFoundException'],
    [{ MessageAction: 'RESEND' as const, Username: 'ada' }, 'UnsupportedUserStateException'],
  ])('refuses %j with %s', async (changes, error) => {
    await expect(create(changes)).rejects.toThrow(named(error));
  });

  it('makes one of many at once who want the same name', async () => {
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => create({ Username: 'twin' })));
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBe(1);
  });
});

describe('an administrator', () => {
  it('reads a user', async () => {
    expect(await get('ada')).toMatchObject({
      Username: 'ada',
      UserStatus: 'CONFIRMED',
      Enabled: true,
      UserAttributes: [
        { Name: 'sub', Value: expect.any(String) },
        { Name: 'email', Value: 'ada@example.com' },
        { Name: 'email_verified', Value: 'true' },
        { Name: 'name', Value: 'Ada Lovelace' },
      ],
    });
    await expect(get('nobody')).rejects.toThrow(named('UserNotFoundException'));
  });

  it('sets and takes away attributes', async () => {
    const Username = await create();
    const set = (Name: string, Value: string): Promise<unknown> =>
      client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes: [{ Name, Value }] }));
    await set('given_name', 'Grace');
    expect(await attributes(Username)).toMatchObject({ given_name: 'Grace', email_verified: 'true' });
    await set('email', 'new@example.com');
    expect(await attributes(Username)).toMatchObject({ email: 'new@example.com', email_verified: 'false' });
    await client.send(
      new AdminDeleteUserAttributesCommand({ UserPoolId, Username, UserAttributeNames: ['given_name', 'email'] }),
    );
    expect(Object.keys(await attributes(Username))).toEqual(['sub']);
    await expect(set('sub', 'x')).rejects.toThrow(named('InvalidParameterException'));
  });

  it('sets a password for good, or until the next sign-in', async () => {
    const Username = await create();
    const set = (Password: string, Permanent: boolean): Promise<unknown> =>
      client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password, Permanent }));
    await set('permanent password', true);
    expect(await login(Username, 'permanent password')).toMatchObject({
      AuthenticationResult: { TokenType: 'Bearer', ExpiresIn: 3600 },
    });
    await set('temporary password', false);
    expect(await get(Username)).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD' });
    await expect(set('short', true)).rejects.toThrow(named('InvalidPasswordException'));
  });

  it('keeps somebody out, and lets them in again', async () => {
    const Username = await create();
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: 'permanent password', Permanent: true }),
    );
    await client.send(new AdminDisableUserCommand({ UserPoolId, Username }));
    expect(await get(Username)).toMatchObject({ Enabled: false });
    await expect(login(Username, 'permanent password')).rejects.toThrow('User is disabled.');
    // Told to nobody who does not know the password.
    await expect(login(Username, 'wrong')).rejects.toThrow('Incorrect username or password.');
    await client.send(new AdminEnableUserCommand({ UserPoolId, Username }));
    expect(await login(Username, 'permanent password')).toMatchObject({ AuthenticationResult: expect.anything() });
  });

  it('demands another password', async () => {
    const Username = await create();
    const reset = (): Promise<unknown> => client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username }));
    await expect(reset()).rejects.toThrow(named('NotAuthorizedException'));
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: 'permanent password', Permanent: true }),
    );
    await reset();
    expect(running.mails.at(-1)?.text).toMatch(/^Your password reset code is \d{6}$/);
    await expect(login(Username, 'permanent password')).rejects.toThrow(named('PasswordResetRequiredException'));
  });

  it('confirms who signed up', async () => {
    await client.send(
      new SignUpCommand({
        ClientId: 'spa',
        Username: 'walter',
        Password: 'walters password',
        UserAttributes: [{ Name: 'email', Value: 'walter@example.com' }],
      }),
    );
    await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: 'walter' }));
    expect(await get('walter')).toMatchObject({ UserStatus: 'CONFIRMED' });
    await expect(client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: 'walter' }))).rejects.toThrow(
      'Current status is CONFIRMED',
    );
  });

  it('deletes somebody, whose tokens end with them', async () => {
    const Username = await create();
    await client.send(
      new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: 'permanent password', Permanent: true }),
    );
    const { AuthenticationResult: tokens } = await client.send(
      new AdminInitiateAuthCommand({
        UserPoolId,
        ClientId: 'legacy',
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: Username, PASSWORD: 'permanent password' },
      }),
    );
    await client.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
    await expect(get(Username)).rejects.toThrow(named('UserNotFoundException'));
    expect((await running.userInfo(tokens?.AccessToken ?? '')).status).toBe(401);
    await running.restart();
    client = sdk(running);
    await expect(get(Username)).rejects.toThrow(named('UserNotFoundException'));
  });

  it('cannot ask for a second factor that nobody set up', async () => {
    const prefer = (Enabled: boolean): Promise<unknown> =>
      client.send(
        new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username: 'ada', SoftwareTokenMfaSettings: { Enabled } }),
      );
    await expect(prefer(true)).rejects.toThrow(named('InvalidParameterException'));
    await prefer(false);
  });
});

describe('what an administrator does is felt where it is on AWS', () => {
  it.each([
    ['signed out', () => new AdminUserGlobalSignOutCommand({ UserPoolId, Username: 'ada' })],
    ['disabled', () => new AdminDisableUserCommand({ UserPoolId, Username: 'ada' })],
  ])('somebody %s: the next userInfo and the next refresh fail', async (_, command) => {
    const tokens = await running.tokens(ada);
    expect((await running.userInfo(tokens.access_token)).status).toBe(200);
    await client.send(command());
    expect((await running.userInfo(tokens.access_token)).status).toBe(401);
    expect(JSON.parse((await running.refresh(tokens.refresh_token)).body)).toEqual({ error: 'invalid_grant' });
    await client.send(new AdminEnableUserCommand({ UserPoolId, Username: 'ada' }));
    expect((await running.refresh(tokens.refresh_token)).status).toBe(400);
    expect((await running.userInfo((await running.tokens(ada)).access_token)).status).toBe(200);
  });
});
