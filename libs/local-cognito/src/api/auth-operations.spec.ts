import {
  AdminCreateUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { sdk, secretHash, startApi, UserPoolId } from '../testdata/api.ts';
import { ada, payloadOf, type RunningPool } from '../testdata/running-pool.ts';

let running: RunningPool;
let client: CognitoIdentityProviderClient;
beforeAll(async () => {
  running = await startApi();
  client = sdk(running);
});
beforeEach(() => {
  running.ahead = 0;
});

function named(name: string): unknown {
  return expect.objectContaining({ name });
}

function initiate(
  AuthFlow: 'REFRESH_TOKEN_AUTH' | 'USER_PASSWORD_AUTH' | 'USER_SRP_AUTH',
  AuthParameters: Record<string, string>,
  ClientId = 'spa',
): Promise<InitiateAuthCommandOutput> {
  return client.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
}

function login(USERNAME: string, PASSWORD: string, ClientId = 'spa'): Promise<InitiateAuthCommandOutput> {
  return initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD }, ClientId);
}

interface SignedIn {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

async function tokens(): Promise<SignedIn> {
  return (await login(ada.username, ada.password)).AuthenticationResult as SignedIn;
}

function respond(
  ChallengeName: 'MFA_SETUP' | 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA',
  Session: string | undefined,
  ChallengeResponses: Record<string, string>,
  on = client,
): Promise<InitiateAuthCommandOutput> {
  return on.send(new RespondToAuthChallengeCommand({ ClientId: 'spa', ChallengeName, Session, ChallengeResponses }));
}

async function totp(secret: string | undefined): Promise<string> {
  return generate({ secret: secret ?? '', epoch: Math.floor(Date.now() / 1000) + running.ahead });
}

describe('USER_PASSWORD_AUTH', () => {
  it("gives tokens of Cognito's form, for the API and for userInfo's sake none of openid", async () => {
    const result = await tokens();
    expect(Object.keys(result).sort()).toEqual(['AccessToken', 'ExpiresIn', 'IdToken', 'RefreshToken', 'TokenType']);
    expect(payloadOf(result.AccessToken)).toMatchObject({
      token_use: 'access',
      scope: 'aws.cognito.signin.user.admin',
      client_id: 'spa',
      username: 'ada',
      version: 2,
    });
    expect(payloadOf(result.IdToken)).toMatchObject({
      token_use: 'id',
      aud: 'spa',
      'cognito:username': 'ada',
      'cognito:groups': ['users', 'admins'],
      email: 'ada@example.com',
      email_verified: true,
      name: 'Ada Lovelace',
    });
    expect(payloadOf(result.IdToken)['origin_jti']).toBe(payloadOf(result.AccessToken)['origin_jti']);
    expect((await running.userInfo(result.AccessToken)).status).toBe(401);
  });

  it('answers alike for a wrong password and for nobody, unless the client may tell', async () => {
    const refused = async (name: string, on: string): Promise<unknown> =>
      login(name, 'wrong', on).catch((error: Error) => `${error.name}: ${error.message}`);
    const words = 'NotAuthorizedException: Incorrect username or password.';
    expect([await refused('ada', 'spa'), await refused('nobody1', 'spa')]).toEqual([words, words]);
    expect(await refused('nobody2', 'legacy')).toBe('UserNotFoundException: User does not exist.');
  });

  it.each([
    ['closed', 'USER_PASSWORD_AUTH flow not enabled for this client'],
    ['nobody', 'User pool client nobody does not exist.'],
    ['server', 'Client server is configured with secret but SECRET_HASH was not received'],
  ])('is refused to client %s', async (clientId, message) => {
    await expect(login(ada.username, ada.password, clientId)).rejects.toThrow(message);
  });

  it('takes a client with its secret hash', async () => {
    const SECRET_HASH = secretHash(running, 'ada', 'server');
    const given = { USERNAME: 'ada', PASSWORD: ada.password, SECRET_HASH };
    const { AuthenticationResult } = await initiate('USER_PASSWORD_AUTH', given, 'server');
    const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? '';
    expect(await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN, SECRET_HASH }, 'server')).toMatchObject({
      AuthenticationResult: { AccessToken: expect.any(String) },
    });
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN }, 'server')).rejects.toThrow('SECRET_HASH');
  });

  it('locks after five wrong passwords, the right one too, for a while', async () => {
    for (let tries = 0; tries < 5; tries++) {
      await expect(login('bob', 'wrong')).rejects.toThrow('Incorrect username or password.');
    }
    await expect(login('bob', 'fish, chips & "peas"')).rejects.toThrow('Password attempts exceeded');
    running.ahead = 2;
    await expect(login('bob', 'fish, chips & "peas"')).resolves.toMatchObject({ AuthenticationResult: {} });
  });

  it('knows no flow that is not here, whatever the client allows', async () => {
    await expect(initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A: 'ab' })).rejects.toThrow(
      'USER_SRP_AUTH is not offered by the local user pool',
    );
  });
});

describe('REFRESH_TOKEN_AUTH', () => {
  it('gives new tokens of the same sign-in, and no refresh token', async () => {
    const first = await tokens();
    running.ahead = 100;
    const { AuthenticationResult: second } = await initiate('REFRESH_TOKEN_AUTH', {
      REFRESH_TOKEN: first.RefreshToken,
    });
    expect(second?.RefreshToken).toBeUndefined();
    const [before, after] = [payloadOf(first.AccessToken), payloadOf(second?.AccessToken ?? '')];
    expect(after).toMatchObject({
      origin_jti: before['origin_jti'],
      auth_time: before['auth_time'],
      sub: before['sub'],
    });
    expect(after['jti']).not.toBe(before['jti']);
    expect(Number(after['iat'])).toBeGreaterThanOrEqual(Number(before['iat']) + 99);
  });

  it('takes a token of the hosted login too, and outlives a restart', async () => {
    const { RefreshToken } = await tokens();
    await running.restart();
    client = sdk(running);
    expect(await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken })).toMatchObject({
      AuthenticationResult: { AccessToken: expect.any(String) },
    });
    const { refresh_token: hosted } = await running.tokens();
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: hosted })).rejects.toThrow('Invalid Refresh Token');
  });

  it('takes none that has been revoked, whose access tokens end as well', async () => {
    const { RefreshToken: Token, AccessToken } = await tokens();
    await client.send(new RevokeTokenCommand({ ClientId: 'legacy', Token }));
    await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: Token });
    await client.send(new RevokeTokenCommand({ ClientId: 'spa', Token }));
    await client.send(new RevokeTokenCommand({ ClientId: 'spa', Token }));
    await expect(initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: Token })).rejects.toThrow('has been revoked');
    await expect(client.send(new RevokeTokenCommand({ ClientId: 'spa', Token: AccessToken }))).rejects.toThrow(
      named('UnsupportedTokenTypeException'),
    );
    await expect(client.send(new RevokeTokenCommand({ ClientId: 'closed', Token }))).rejects.toThrow(
      named('UnsupportedOperationException'),
    );
    await expect(
      client.send(new RevokeTokenCommand({ ClientId: 'server', Token, ClientSecret: 'wrong' })),
    ).rejects.toThrow(named('UnauthorizedException'));
  });
});

describe('NEW_PASSWORD_REQUIRED', () => {
  it('replaces a temporary password, once', async () => {
    const pool = await startApi({
      schema: [{ name: 'name', attribute_data_type: 'String', required: true, mutable: true }],
    });
    const on = sdk(pool);
    const Username = 'grace';
    const TemporaryPassword = 'temporary password';
    await on.send(new AdminCreateUserCommand({ UserPoolId, Username, TemporaryPassword }));
    const AuthParameters = { USERNAME: Username, PASSWORD: TemporaryPassword };
    const start = new InitiateAuthCommand({ ClientId: 'spa', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });
    const { Session, ChallengeName, ChallengeParameters } = await on.send(start);
    expect([ChallengeName, ChallengeParameters]).toEqual([
      'NEW_PASSWORD_REQUIRED',
      { USER_ID_FOR_SRP: 'grace', requiredAttributes: '["userAttributes.name"]', userAttributes: '{}' },
    ]);
    const answer = (responses: Record<string, string>, name = Username): Promise<InitiateAuthCommandOutput> =>
      respond('NEW_PASSWORD_REQUIRED', Session, { USERNAME: name, ...responses }, on);
    const NEW_PASSWORD = 'a password of mine';
    await expect(answer({ NEW_PASSWORD: 'short' })).rejects.toThrow(named('InvalidPasswordException'));
    await expect(answer({ NEW_PASSWORD })).rejects.toThrow('name is missing');
    await expect(answer({ NEW_PASSWORD }, 'ada')).rejects.toThrow('Invalid session');
    await expect(respond('SOFTWARE_TOKEN_MFA', Session, { USERNAME: Username }, on)).rejects.toThrow(
      named('InvalidParameterException'),
    );
    const done = await answer({ NEW_PASSWORD, 'userAttributes.name': 'Grace' });
    expect(payloadOf(done.AuthenticationResult?.IdToken ?? '')).toMatchObject({ name: 'Grace' });
    await expect(answer({ NEW_PASSWORD, 'userAttributes.name': 'Grace' })).rejects.toThrow('Invalid session');
    await expect(on.send(start)).rejects.toThrow(named('NotAuthorizedException'));
  });

  it('does not take a required attribute twice', async () => {
    const pool = await startApi({
      schema: [{ name: 'name', attribute_data_type: 'String', required: true, mutable: true }],
    });
    const on = sdk(pool);
    const TemporaryPassword = 'temporary password';
    const UserAttributes = [{ Name: 'name', Value: 'Grace' }];
    await on.send(new AdminCreateUserCommand({ UserPoolId, Username: 'grace', TemporaryPassword, UserAttributes }));
    const AuthParameters = { USERNAME: 'grace', PASSWORD: TemporaryPassword };
    const { Session, ChallengeParameters } = await on.send(
      new InitiateAuthCommand({ ClientId: 'spa', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
    );
    expect(ChallengeParameters).toMatchObject({ requiredAttributes: '[]', userAttributes: '{"name":"Grace"}' });
    const given = { USERNAME: 'grace', NEW_PASSWORD: 'a password of mine' };
    const again = respond('NEW_PASSWORD_REQUIRED', Session, { ...given, 'userAttributes.name': 'Hopper' }, on);
    await expect(again).rejects.toThrow(
      expect.objectContaining({ name: 'NotAuthorizedException', message: 'Cannot modify an already provided name' }),
    );
    const done = await respond('NEW_PASSWORD_REQUIRED', Session, given, on);
    expect(payloadOf(done.AuthenticationResult?.IdToken ?? '')).toMatchObject({ name: 'Grace' });
  });

  it('waits as long as the client says', async () => {
    await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username: 'bob', Password: 'temporary password' }));
    running.ahead = 4;
    const { Session } = await login('bob', 'temporary password');
    running.ahead = 4 + 181;
    const NEW_PASSWORD = 'a password of mine';
    await expect(respond('NEW_PASSWORD_REQUIRED', Session, { USERNAME: 'bob', NEW_PASSWORD })).rejects.toThrow(
      'session is expired',
    );
  });
});

describe('SOFTWARE_TOKEN_MFA', () => {
  it('is asked of whoever prefers it; each code opens once', async () => {
    const { AccessToken } = await tokens();
    const { SecretCode } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    await expect(client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: 'abcdef' }))).rejects.toThrow(
      named('EnableSoftwareTokenMFAException'),
    );
    const UserCode = await totp(SecretCode);
    await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    expect((await login('ada', ada.password)).AuthenticationResult).toBeDefined();
    await client.send(
      new AdminSetUserMFAPreferenceCommand({
        UserPoolId,
        Username: 'ada',
        SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      }),
    );

    const { Session, ChallengeName, AuthenticationResult } = await login('ada', ada.password);
    expect([ChallengeName, AuthenticationResult]).toEqual(['SOFTWARE_TOKEN_MFA', undefined]);
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string): Promise<InitiateAuthCommandOutput> =>
      respond('SOFTWARE_TOKEN_MFA', Session, { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE });
    await expect(answer('000000')).rejects.toThrow(named('CodeMismatchException'));
    // The code of the set-up is spent, in the session of a sign-in too.
    await expect(answer(UserCode)).rejects.toThrow(named('ExpiredCodeException'));
    running.ahead = 60;
    const code = await totp(SecretCode);
    expect((await answer(code)).AuthenticationResult?.AccessToken).toBeDefined();
    await expect(answer(code)).rejects.toThrow('Invalid session');
    // A password alone sets up no other app.
    const { Session: half } = await login('ada', ada.password);
    await expect(client.send(new AssociateSoftwareTokenCommand({ Session: half }))).rejects.toThrow('Invalid session');
  });

  it('is limited in tries', async () => {
    const { Session } = await login('ada', ada.password);
    const answer = (): Promise<unknown> =>
      respond('SOFTWARE_TOKEN_MFA', Session, { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: '000000' });
    for (let tries = 0; tries < 5; tries++) await answer().catch(() => undefined);
    await expect(answer()).rejects.toThrow(named('LimitExceededException'));
  });
});

describe('MFA_SETUP', () => {
  it('lets nobody in without an authenticator app where the pool demands one', async () => {
    const pool = await startApi({ mfa_configuration: 'ON' });
    const on = sdk(pool);
    const AuthParameters = { USERNAME: 'ada', PASSWORD: ada.password };
    const start = new AdminInitiateAuthCommand({
      UserPoolId,
      ClientId: 'spa',
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters,
    });
    const begun = await on.send(start);
    expect(begun.ChallengeName).toBe('MFA_SETUP');
    const USERNAME = 'ada';
    await expect(respond('MFA_SETUP', begun.Session, { USERNAME }, on)).rejects.toThrow('has not verified');
    const associated = await on.send(new AssociateSoftwareTokenCommand({ Session: begun.Session }));
    await expect(respond('MFA_SETUP', associated.Session, { USERNAME }, on)).rejects.toThrow('has not verified');
    const UserCode = await totp(associated.SecretCode);
    const verified = await on.send(new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode }));
    expect(verified.Status).toBe('SUCCESS');
    const done = await on.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId,
        ClientId: 'spa',
        ChallengeName: 'MFA_SETUP',
        Session: verified.Session,
        ChallengeResponses: { USERNAME },
      }),
    );
    expect(done.AuthenticationResult?.AccessToken).toBeDefined();
    expect((await on.send(start)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });
});
