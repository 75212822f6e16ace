import {
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
  type SignUpCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mailedCode, sdk, secretHash, startApi, UserPoolId } from '../testdata/api.ts';
import { ada, bob, type RunningPool } from '../testdata/running-pool.ts';

let running: RunningPool;
let client: CognitoIdentityProviderClient;
beforeAll(async () => {
  running = await startApi();
  client = sdk(running);
});
beforeEach(() => {
  running.ahead = 0;
});

const Password = 'a password of mine';
let made = 0;
async function signUp(changes: Partial<SignUpCommandInput> = {}): Promise<string> {
  const Username = `newcomer${made++}`;
  const UserAttributes = [{ Name: 'email', Value: `${Username}@example.com` }];
  await client.send(new SignUpCommand({ ClientId: 'spa', Username, Password, UserAttributes, ...changes }));
  return changes.Username ?? Username;
}

function confirm(Username: string, ConfirmationCode: string, ClientId = 'spa'): Promise<unknown> {
  return client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
}

function login(USERNAME: string, PASSWORD: string): Promise<unknown> {
  const AuthParameters = { USERNAME, PASSWORD };
  return client.send(new InitiateAuthCommand({ ClientId: 'spa', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }));
}

function named(name: string): unknown {
  return expect.objectContaining({ name });
}

function wrong(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

describe('signing up', () => {
  it('mails a code, takes it once, and lets in', async () => {
    const UserAttributes = [{ Name: 'email', Value: 'ivy@example.com' }];
    const answer = await client.send(new SignUpCommand({ ClientId: 'spa', Username: 'ivy', Password, UserAttributes }));
    expect(answer).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/),
      CodeDeliveryDetails: { Destination: 'i***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
    });
    await expect(login('ivy', Password)).rejects.toThrow(named('UserNotConfirmedException'));
    await expect(login('ivy', 'wrong')).rejects.toThrow(named('NotAuthorizedException'));
    const code = mailedCode(running);
    expect(JSON.stringify(running.log)).not.toContain(code);
    await confirm('ivy', code);
    expect(await login('ivy', Password)).toMatchObject({ AuthenticationResult: expect.anything() });
    await expect(confirm('ivy', code)).rejects.toThrow(named('ExpiredCodeException'));
    await expect(confirm('ivy', code, 'legacy')).rejects.toThrow('Current status is CONFIRMED');
    const { UserAttributes: attributes } = await client.send(new AdminGetUserCommand({ UserPoolId, Username: 'ivy' }));
    expect(attributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
  });

  it('waits over a restart', async () => {
    const username = await signUp();
    const code = mailedCode(running);
    await running.restart();
    client = sdk(running);
    await confirm(username, code);
  });

  it('ends a code after five wrong ones, and after a day', async () => {
    const guessed = await signUp();
    const code = mailedCode(running);
    for (let tries = 0; tries < 5; tries++) {
      await expect(confirm(guessed, wrong(code))).rejects.toThrow(named('CodeMismatchException'));
    }
    await expect(confirm(guessed, code)).rejects.toThrow(named('LimitExceededException'));

    const late = await signUp();
    running.ahead = 86_401;
    await expect(confirm(late, mailedCode(running))).rejects.toThrow(named('ExpiredCodeException'));
  });

  it('sends another code, in place of the first, five an hour', async () => {
    const Username = await signUp();
    const first = mailedCode(running);
    const resend = (): Promise<unknown> =>
      client.send(new ResendConfirmationCodeCommand({ ClientId: 'spa', Username }));
    expect(await resend()).toMatchObject({ CodeDeliveryDetails: { Destination: 'n***@e***' } });
    const second = mailedCode(running);
    if (first !== second) await expect(confirm(Username, first)).rejects.toThrow(named('CodeMismatchException'));
    for (let more = 0; more < 3; more++) await resend();
    await expect(resend()).rejects.toThrow(named('LimitExceededException'));
    await confirm(Username, mailedCode(running));
  });

  it.each([
    [{ Username: 'ada' }, 'UsernameExistsException'],
    [{ Password: 'short' }, 'InvalidPasswordException'],
    [{ UserAttributes: [{ Name: 'email_verified', Value: 'true' }] }, 'InvalidParameterException'],
    [{ UserAttributes: [{ Name: 'sub', Value: 'x' }] }, 'InvalidParameterException'],
    [{ Username: 'has space' }, 'InvalidParameterException'],
    [{ ClientId: 'nobody' }, 'ResourceNotFoundException'],
    [{ ClientId: 'server' }, 'NotAuthorizedException'],
    [{ ClientId: 'server', SecretHash: 'nonsense' }, 'NotAuthorizedException'],
    [{ ClientId: 'spa', SecretHash: 'nonsense' }, 'NotAuthorizedException'],
  ])('refuses %j with %s', async (changes, error) => {
    await expect(signUp(changes)).rejects.toThrow(named(error));
  });

  it('takes a client with its secret hash, for that name alone', async () => {
    await signUp({ ClientId: 'server', Username: 'hashed', SecretHash: secretHash(running, 'hashed', 'server') });
    const stolen = { ClientId: 'server', Username: 'other', SecretHash: secretHash(running, 'hashed', 'server') };
    await expect(signUp(stolen)).rejects.toThrow(named('NotAuthorizedException'));
  });

  it('is not offered where administrators make the accounts', async () => {
    const closed = await startApi({ admin_create_user_config: { allow_admin_create_user_only: true } });
    const signing = sdk(closed).send(new SignUpCommand({ ClientId: 'spa', Username: 'eve', Password }));
    await expect(signing).rejects.toThrow('SignUp is not permitted for this user pool');
  });
});

describe('a forgotten password', () => {
  function forgot(Username: string, ClientId = 'spa'): Promise<unknown> {
    return client.send(new ForgotPasswordCommand({ ClientId, Username }));
  }
  function replace(Username: string, ConfirmationCode: string, changes: object = {}): Promise<unknown> {
    const NewPassword = 'another password';
    return client.send(
      new ConfirmForgotPasswordCommand({
        ClientId: 'spa',
        Username,
        ConfirmationCode,
        Password: NewPassword,
        ...changes,
      }),
    );
  }

  it('is replaced by a mailed code, once', async () => {
    expect(await forgot(ada.username)).toMatchObject({ CodeDeliveryDetails: { Destination: 'a***@e***' } });
    const code = mailedCode(running);
    await expect(replace(ada.username, wrong(code))).rejects.toThrow(named('CodeMismatchException'));
    await expect(replace(ada.username, code, { Password: 'short' })).rejects.toThrow(named('InvalidPasswordException'));
    await replace(ada.username, code);
    await expect(login(ada.username, ada.password)).rejects.toThrow(named('NotAuthorizedException'));
    expect(await login(ada.username, 'another password')).toMatchObject({ AuthenticationResult: expect.anything() });
    await expect(replace(ada.username, code)).rejects.toThrow(named('ExpiredCodeException'));
    await running.restart();
    client = sdk(running);
    expect(await login(ada.username, 'another password')).toMatchObject({ AuthenticationResult: expect.anything() });
  });

  it('tells nobody who has an account, unless the client may', async () => {
    const mails = running.mails.length;
    expect(await forgot('nobody@example.com')).toMatchObject({ CodeDeliveryDetails: { Destination: 'n***@e***' } });
    // Bob's address is not verified, so that nothing can be sent to it.
    expect(await forgot(bob.username)).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: 'EMAIL' } });
    expect(running.mails.length).toBe(mails);
    for (const name of ['nobody@example.com', bob.username]) {
      await expect(replace(name, '123456')).rejects.toThrow(named('CodeMismatchException'));
    }
    await expect(replace('another', '123456')).rejects.toThrow(named('ExpiredCodeException'));
    await expect(forgot('nobody', 'legacy')).rejects.toThrow(named('UserNotFoundException'));
    await expect(forgot(bob.username, 'legacy')).rejects.toThrow(named('InvalidParameterException'));
  });

  it('is answered five times an hour, and a code holds an hour', async () => {
    const username = await signUp();
    await confirm(username, mailedCode(running));
    for (let more = 0; more < 4; more++) await forgot(username);
    await expect(forgot(username)).rejects.toThrow(named('LimitExceededException'));
    const code = mailedCode(running);
    running.ahead = 3601;
    await expect(replace(username, code)).rejects.toThrow(named('ExpiredCodeException'));
    await forgot(username);
  });
});
