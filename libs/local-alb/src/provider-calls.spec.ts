import { Agent } from 'node:https';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type AuthFailure } from './auth-failure.ts';
import { type IdentityProvider } from './identity-provider.ts';
import { type FakeUserPool, type PoolAnswer, startFakeUserPool } from './testdata/fake-user-pool.ts';
import { createProviderCalls } from './provider-calls.ts';

const pool = createProviderCalls({ tlsAgent: new Agent() });
const impatient = createProviderCalls({ tlsAgent: new Agent(), timeoutMilliseconds: 150 });

describe('the identity provider as the load balancer calls it', () => {
  let fake: FakeUserPool;
  let client: IdentityProvider;
  beforeEach(async () => {
    fake = await startFakeUserPool();
    client = { kind: 'cognito', ...fake.endpoints, clientId: 'client1' };
  });
  afterEach(() => fake.close());

  const failureOf = async (call: Promise<unknown>): Promise<AuthFailure> =>
    call.then(
      () => {
        throw new Error('the call succeeded');
      },
      (error: AuthFailure) => error,
    );

  it('gives tokens and claims', async () => {
    expect(await pool.exchangeCode(client, 'c', 'https://a/cb')).toMatchObject({
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      expiresInSeconds: 900,
    });
    expect(await pool.refresh(client, 'refresh-1')).toMatchObject({ accessToken: 'access-2' });
    expect(Object.fromEntries(fake.requests[1]?.form ?? [])).toEqual({
      grant_type: 'refresh_token',
      client_id: 'client1',
      refresh_token: 'refresh-1',
    });
    expect(await pool.userInfo(client, 'access-1')).toEqual(fake.claims);
  });

  const tokenPath = '/oauth2/token';
  const userInfoPath = '/oauth2/userInfo';
  it.each<[string, string, PoolAnswer, string, number]>([
    [tokenPath, 'is gone', 'break', 'AuthTokenEpRequestFailed', 500],
    [tokenPath, 'is silent', 'hang', 'AuthTokenEpRequestTimeout', 500],
    [tokenPath, 'refuses the code', { status: 400, body: '{"error":"invalid_grant"}' }, 'AuthInvalidGrantError', 401],
    [
      tokenPath,
      'refuses the client',
      { status: 400, body: '{"error":"invalid_client"}' },
      'AuthInvalidTokenResponse',
      561,
    ],
    [tokenPath, 'fails', { status: 500, body: 'oops' }, 'AuthInvalidTokenResponse', 561],
    [tokenPath, 'redirects', { status: 302, body: '' }, 'AuthInvalidTokenResponse', 561],
    [tokenPath, 'gives no JSON', { status: 200, body: '<html>' }, 'AuthInvalidTokenResponse', 561],
    [tokenPath, 'gives no access token', { status: 200, body: '{}' }, 'AuthInvalidTokenResponse', 561],
    [
      tokenPath,
      'gives a token with a line break',
      { status: 200, body: '{"access_token":"a\\r\\nb: c"}' },
      'AuthInvalidTokenResponse',
      561,
    ],
    [
      tokenPath,
      'says too much',
      { status: 200, body: `{"access_token":"${'x'.repeat(300_000)}"}` },
      'AuthTokenEpRequestFailed',
      500,
    ],
    [userInfoPath, 'is gone', 'break', 'AuthUserinfoEpRequestFailed', 500],
    [userInfoPath, 'is silent', 'hang', 'AuthUserinfoEpRequestTimeout', 500],
    [
      userInfoPath,
      'refuses the token',
      { status: 401, body: '{"error":"invalid_token"}' },
      'AuthInvalidUserinfoResponse',
      561,
    ],
    [userInfoPath, 'gives no object', { status: 200, body: '[]' }, 'AuthInvalidUserinfoResponse', 561],
    [userInfoPath, 'gives no sub', { status: 200, body: '{"email":"a"}' }, 'AuthInvalidUserinfoResponse', 561],
    [
      userInfoPath,
      'gives a sub that is no header',
      { status: 200, body: '{"sub":"a\\nb"}' },
      'AuthInvalidUserinfoResponse',
      561,
    ],
  ])('fails when %s %s', async (path, _, answer, reason, status) => {
    fake.answers.set(path, answer);
    const asked = answer === 'hang' ? impatient : pool;
    const call =
      path === tokenPath ? asked.exchangeCode(client, 'the-code', 'https://a/cb') : asked.userInfo(client, 'the-token');
    const failure = await failureOf(call);
    expect(failure).toMatchObject({ reason, status });
    expect(failure.message).not.toMatch(/the-code|the-token|secret/);
  });

  it('fails when nobody listens', async () => {
    await fake.close();
    expect(await failureOf(pool.refresh(client, 'r'))).toMatchObject({ reason: 'AuthTokenEpRequestFailed' });
    fake = await startFakeUserPool();
  });
});
