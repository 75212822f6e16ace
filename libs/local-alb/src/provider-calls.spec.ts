import { Agent, createServer } from 'node:https';
import { type AddressInfo } from 'node:net';
import { rootCertificates } from 'node:tls';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type AuthFailure } from './auth-failure.ts';
import { createAuthority, issueCertificate } from './certificate.ts';
import { type IdentityProvider } from './identity-provider.ts';
import { type FakeUserPool, type PoolAnswer, startFakeUserPool } from './testdata/fake-user-pool.ts';
import { type TlsCredentials } from './listener-server.ts';
import { createProviderCalls } from './provider-calls.ts';
import { ca, serverTls } from './testdata/rig.ts';

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

describe('the way to the identity provider', () => {
  const reached = async (
    address: string,
    { tls, trusted = ca }: { readonly tls: TlsCredentials; readonly trusted?: string },
  ): Promise<string> => {
    const server = createServer({ ...tls }, (_, response) => response.end('{"access_token":"a"}'));
    await new Promise<void>((resolve) => server.listen(0, address.replace(/[[\]]/g, ''), resolve));
    const { port } = server.address() as AddressInfo;
    const calls = createProviderCalls({ tlsAgent: new Agent({ ca: [...rootCertificates, trusted] }) });
    const tokenEndpoint = `https://${address}:${port}/token`;
    const provider = { kind: 'cognito', tokenEndpoint, clientId: 'client1', clientSecret: 's' } as unknown;
    const outcome = await calls.refresh(provider as IdentityProvider, 'refresh-1').then(
      () => 'reached',
      (error: AuthFailure) => `${error.status} ${error.reason}`,
    );
    await new Promise((resolve) => server.close(resolve));
    return outcome;
  };

  it('is TLS with a certificate that is trusted, for the name that is asked [B7.2 D]', async () => {
    const authority = await createAuthority('other', Date.now());
    const stranger = await issueCertificate(authority, ['localhost', '127.0.0.1'], Date.now());
    const misnamed = await issueCertificate(authority, ['id.example.com'], Date.now());
    expect(await reached('127.0.0.1', { tls: serverTls })).toBe('reached');
    expect(await reached('127.0.0.1', { tls: stranger, trusted: authority.cert })).toBe('reached');
    expect(await reached('127.0.0.1', { tls: stranger })).toBe('500 AuthTokenEpRequestFailed');
    expect(await reached('127.0.0.1', { tls: misnamed, trusted: authority.cert })).toBe('500 AuthTokenEpRequestFailed');
  });

  it('is IPv4, whatever else a host has [B7.2 D]', async () => {
    const authority = await createAuthority('other', Date.now());
    const tls = await issueCertificate(authority, ['localhost', '::1'], Date.now());
    // A server that has IPv6 alone; the name has both.
    const onlyIpv6 = { tls, trusted: authority.cert };
    expect(await reached('[::1]', onlyIpv6)).toBe('500 AuthTokenEpRequestFailed');
    const asked: number[] = [];
    const calls = createProviderCalls({
      tlsAgent: new Agent({
        lookup: (_, options, callback) => {
          asked.push(Number(options.family));
          callback(new Error('no such name'), '');
        },
      }),
    });
    const provider = { kind: 'cognito', tokenEndpoint: 'https://id.example.com/token', clientId: 'c' } as unknown;
    await expect(calls.refresh(provider as IdentityProvider, 'r')).rejects.toMatchObject({ status: 500 });
    expect(asked).toEqual([4]);
  });
});
