import {
  AssociateSoftwareTokenCommand,
  ChangePasswordCommand,
  type CognitoIdentityProviderClient,
  DeleteUserAttributesCommand,
  DeleteUserCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  SetUserMFAPreferenceCommand,
  UpdateUserAttributesCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { sdk, startApi } from '../testdata/api.ts';
import { ada, bob, type RunningPool } from '../testdata/running-pool.ts';

let running: RunningPool;
let client: CognitoIdentityProviderClient;
beforeAll(async () => {
  running = await startApi();
  client = sdk(running);
});

async function signIn(person: typeof ada): Promise<{ readonly AccessToken: string; readonly RefreshToken: string }> {
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      ClientId: 'spa',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: person.username, PASSWORD: person.password },
    }),
  );
  return {
    AccessToken: AuthenticationResult?.AccessToken ?? '',
    RefreshToken: AuthenticationResult?.RefreshToken ?? '',
  };
}

function named(name: string): unknown {
  return expect.objectContaining({ name });
}

describe('somebody who is signed in', () => {
  it('reads who they are', async () => {
    const answer = await client.send(new GetUserCommand({ AccessToken: (await signIn(ada)).AccessToken }));
    expect(answer.Username).toBe('ada');
    expect(answer.UserAttributes).toContainEqual({ Name: 'email', Value: 'ada@example.com' });
  });

  it('changes the password, knowing the old one', async () => {
    const { AccessToken } = await signIn(bob);
    const change = (PreviousPassword: string, ProposedPassword: string): Promise<unknown> =>
      client.send(new ChangePasswordCommand({ AccessToken, PreviousPassword, ProposedPassword }));
    await expect(change('wrong', 'another password')).rejects.toThrow(named('NotAuthorizedException'));
    await expect(change(bob.password, 'short')).rejects.toThrow(named('InvalidPasswordException'));
    await change(bob.password, 'another password');
    await expect(signIn(bob)).rejects.toThrow(named('NotAuthorizedException'));
    await signIn({ ...bob, password: 'another password' });
    for (let tries = 0; tries < 5; tries++) await change('wrong', 'another password').catch(() => undefined);
    await expect(change('another password', 'a third password')).rejects.toThrow(named('LimitExceededException'));
    running.ahead += 5;
  });

  it('changes attributes, though not what proves them', async () => {
    const { AccessToken } = await signIn(ada);
    const update = (Name: string, Value: string): Promise<unknown> =>
      client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: [{ Name, Value }] }));
    await update('nickname', 'Countess');
    await update('email', 'countess@example.com');
    await expect(update('email_verified', 'true')).rejects.toThrow(named('InvalidParameterException'));
    const { UserAttributes } = await client.send(new GetUserCommand({ AccessToken }));
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'false' });
    await client.send(new DeleteUserAttributesCommand({ AccessToken, UserAttributeNames: ['nickname'] }));
    const after = await client.send(new GetUserCommand({ AccessToken }));
    expect(after.UserAttributes?.map(({ Name }) => Name)).not.toContain('nickname');
  });

  it('signs out everywhere: both kinds of token end, those of the hosted login too', async () => {
    const { AccessToken, RefreshToken } = await signIn(ada);
    const hosted = await running.tokens(ada);
    await client.send(new GlobalSignOutCommand({ AccessToken }));
    await expect(client.send(new GetUserCommand({ AccessToken }))).rejects.toThrow('Access Token has been revoked');
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    await expect(
      client.send(new InitiateAuthCommand({ ClientId: 'spa', AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters })),
    ).rejects.toThrow(named('NotAuthorizedException'));
    expect((await running.userInfo(hosted.access_token)).status).toBe(401);
    expect((await running.refresh(hosted.refresh_token)).status).toBe(400);
  });

  it('keeps the session of the hosted login, which only /logout ends', async () => {
    const browser = running.browser();
    const query =
      'client_id=albclient&redirect_uri=https%3A%2F%2Fapp.localhost%3A8443%2Foauth2%2Fidpresponse&response_type=code';
    await browser.signIn(query, ada.username, ada.password);
    await client.send(new GlobalSignOutCommand({ AccessToken: (await signIn(ada)).AccessToken }));
    expect((await browser.get(`/oauth2/authorize?${query}`)).headers.location).toMatch(/\?code=/);
  });

  it('prefers an authenticator app, or not', async () => {
    const { AccessToken } = await signIn(ada);
    const { SecretCode = '' } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const UserCode = await generate({ secret: SecretCode });
    await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    const prefer = (Enabled: boolean): Promise<unknown> =>
      client.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings: { Enabled } }));
    await prefer(true);
    expect(await client.send(new GetUserCommand({ AccessToken }))).toMatchObject({
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
    });
    await prefer(false);
    expect((await client.send(new GetUserCommand({ AccessToken }))).UserMFASettingList).toBeUndefined();
  });

  it('leaves', async () => {
    const { AccessToken } = await signIn(ada);
    await client.send(new DeleteUserCommand({ AccessToken }));
    await expect(signIn(ada)).rejects.toThrow(named('NotAuthorizedException'));
  });
});

describe('an access token', () => {
  it.each(['nonsense', 'a.b.c', ''])('that is none is refused: %p', async (AccessToken) => {
    await expect(client.send(new GetUserCommand({ AccessToken }))).rejects.toThrow();
  });

  it('of the hosted login without the scope for it is refused, and so is an ID token', async () => {
    const person = { ...bob, password: 'another password' };
    const { access_token: AccessToken, id_token: idToken } = await running.tokens(person);
    await expect(client.send(new GetUserCommand({ AccessToken }))).rejects.toThrow('required scopes');
    await expect(client.send(new GetUserCommand({ AccessToken: idToken }))).rejects.toThrow(
      named('NotAuthorizedException'),
    );
  });
});
