import { readFile } from 'node:fs/promises';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type AuthenticateOidcAction } from '@gatehouse/listener';

import { startLocalAlb } from './local-alb.ts';
import { fetchOnce } from './testdata/client.ts';
import { type Echo } from './testdata/fake-target.ts';
import { fakeJwt, type FakeUserPool, issuer, startFakeUserPool } from './testdata/fake-user-pool.ts';
import {
  albArn,
  authenticateAction,
  forwardAction,
  httpsListener,
  loadBalancer,
  oidcAction,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';
import { callbackOf, type Rig, serverTls, startRig } from './testdata/rig.ts';

describe('a login with authenticate-oidc', () => {
  let provider: FakeUserPool;
  let action: AuthenticateOidcAction;
  let rig: Rig;
  beforeEach(async () => {
    provider = await startFakeUserPool(serverTls);
    const { authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = provider.endpoints;
    action = { ...oidcAction, issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint };
    rig = await startRig(loadBalancer([httpsListener(rule('default', [action, forwardAction]))]), {
      resolveClientSecret: () => provider.endpoints.clientSecret,
      administrationPort: 0,
    });
  });
  afterEach(() => Promise.all([rig.stop(), provider.close()]));

  const reasonOf = async (): Promise<readonly [number, string?]> => {
    const { status } = await rig.login();
    const reason = rig.events.at(-1)?.errorReason;
    return reason === undefined ? [status] : [status, reason];
  };

  it('goes by the endpoints, the client and the secret of the action [A2.10 D, A3.4 D]', async () => {
    const extra = { prompt: 'login', audience: 'a b' };
    const authorizationEndpoint = `${action.authorizationEndpoint}?tenant=1`;
    const changed = { ...action, authorizationEndpoint, authenticationRequestExtraParams: extra };
    await rig.alb.update(loadBalancer([httpsListener(rule('default', [changed, forwardAction]))]));
    const begun = await rig.fetch('/page?tab=1');
    expect(begun.headers.location).toMatch(
      /^https:\/\/login\.localhost\/oauth2\/authorize\?tenant=1&client_id=client1&redirect_uri=[^&]+&response_type=code&scope=openid%20email&state=[^&]+&prompt=login&audience=a%20b$/,
    );
    const ended = await rig.fetch(callbackOf(begun));
    expect([ended.status, ended.headers.location]).toEqual([302, `${rig.origin}/page?tab=1`]);
    const [token, userInfo] = provider.requests;
    expect(Buffer.from(token?.authorization?.slice('Basic '.length) ?? '', 'base64').toString()).toBe(
      'client1:secret%2B%2F+of+the+client',
    );
    expect(userInfo?.authorization).toBe('Bearer access-1');
    expect(rig.pool.requests).toHaveLength(0);
  });

  it('hands on who it is, in the name of the issuer and the client of the action [A2.10 D, B5.1 D]', async () => {
    await rig.login();
    const { headers } = JSON.parse((await rig.fetch('/')).body) as Echo;
    expect(headers).toMatchObject({ 'x-amzn-oidc-identity': 'user-1', 'x-amzn-oidc-accesstoken': 'access-1' });
    const [header, payload] = (headers['x-amzn-oidc-data'] ?? '')
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown);
    expect(header).toMatchObject({ alg: 'ES256', signer: albArn, client: 'client1', iss: issuer });
    expect(payload).toMatchObject({ sub: 'user-1', email: 'ada@example.com', iss: issuer });
  });

  it('is refreshed at the token endpoint of the action, until the session ends [A2.10 D, B6.1 D]', async () => {
    await rig.login();
    provider.claims = { ...provider.claims, email: 'new@example.com' };
    rig.advance(901_000);
    expect((await rig.fetch('/')).status).toBe(200);
    expect(provider.requests.at(-2)?.form.get('grant_type')).toBe('refresh_token');
    rig.advance(3600_000);
    expect((await rig.fetch('/')).status).toBe(302);
  });

  it('takes an ID token of this issuer, client and user that has not expired, and no other [A2.10 D, B1.5 U]', async () => {
    const claims = { iss: issuer, aud: 'client1', sub: 'user-1', exp: Date.now() / 1000 + 60 };
    for (const change of [
      { iss: 'https://i' },
      { aud: 'x' },
      { sub: 'x' },
      { exp: 1 },
      { exp: undefined },
      { azp: 'x' },
    ]) {
      provider.tokens = { id_token: fakeJwt({ ...claims, ...change }) };
      expect([change, await reasonOf()]).toEqual([change, [401, 'AuthInvalidIdToken']]);
    }
    provider.tokens = { id_token: fakeJwt(claims) };
    expect(await reasonOf()).toEqual([302]);
  });

  it.each([
    ['/oauth2/token', 'break', [500, 'AuthTokenEpRequestFailed']],
    ['/oauth2/token', { status: 400, body: '{"error":"invalid_grant"}' }, [401, 'AuthInvalidGrantError']],
    ['/oauth2/token', { status: 401, body: '{"error":"invalid_client"}' }, [561, 'AuthInvalidTokenResponse']],
    ['/oauth2/userInfo', 'break', [500, 'AuthUserinfoEpRequestFailed']],
    ['/oauth2/userInfo', { status: 200, body: '{"email":"a"}' }, [561, 'AuthInvalidUserinfoResponse']],
    [
      '/oauth2/userInfo',
      { status: 200, body: JSON.stringify({ sub: 'user-1', x: 'x'.repeat(11_264) }) },
      [500, 'AuthUserinfoResponseSizeExceeded'],
    ],
  ] as const)('fails as any login when %s fails [A2.10 D, G7 D]', async (path, answer, expected) => {
    provider.answers.set(path, answer);
    expect(await reasonOf()).toEqual(expected);
    expect(rig.jar.names).not.toContain('AWSELBAuthSessionCookie-0');
  });

  it('spends no code at another provider than the one that the browser was sent to', async () => {
    const begun = await rig.fetch('/');
    const other = { ...action, tokenEndpoint: 'https://127.0.0.1:1/token' };
    await rig.alb.update(loadBalancer([httpsListener(rule('default', [other, forwardAction]))]));
    expect((await rig.fetch(callbackOf(begun))).status).toBe(401);
    expect(rig.events.at(-1)?.errorReason).toBe('AuthInvalidStateParam');
    expect(provider.requests).toHaveLength(0);
  });

  it('stands beside a login at a user pool, each with its provider and its session [A3.1 D]', async () => {
    const pool = { ...authenticateAction, sessionCookieName: 'pool' };
    const rules = [pathRule(1, '/pool', pool, forwardAction), rule('default', [action, forwardAction])];
    await rig.alb.update(loadBalancer([httpsListener(...rules)]));
    await rig.login('/pool');
    expect([rig.pool.requests.length, provider.requests.length]).toEqual([2, 0]);
    expect((await rig.fetch('/')).status).toBe(302);
    await rig.login('/');
    expect([rig.pool.requests.length, provider.requests.length]).toEqual([2, 2]);
    expect(rig.jar.names).toEqual(['AWSELBAuthSessionCookie-0', 'pool-0']);
  });

  it('shows a provider no refresh token of another, where their rules have one cookie', async () => {
    const rules = [pathRule(1, '/pool', authenticateAction, forwardAction), rule('default', [action, forwardAction])];
    await rig.alb.update(loadBalancer([httpsListener(...rules)]));
    await rig.login('/pool');
    // The session is that of the cookie, as on AWS, until it has to be refreshed.
    expect((await rig.fetch('/')).status).toBe(200);
    rig.advance(901_000);
    expect((await rig.fetch('/')).status).toBe(302);
    expect([rig.pool.requests.length, provider.requests.length]).toEqual([2, 0]);
    expect((await rig.fetch('/pool')).status).toBe(200);
    expect(rig.pool.requests.at(-2)?.form.get('grant_type')).toBe('refresh_token');
  });

  it('does not run where the secret is not known, and leaves what ran [A2.10 D]', async () => {
    const { loadBalancer: configuration } = rig.options;
    const parts = { ...rig.options, resolveClientSecret: () => undefined };
    await expect(startLocalAlb(parts)).rejects.toMatchObject({ code: 'INVALID_LISTENER' });
    const plain = { ...action, tokenEndpoint: action.tokenEndpoint.replace('https', 'http') };
    const changed = loadBalancer([httpsListener(rule('default', [plain, forwardAction]))]);
    await expect(rig.alb.update(changed)).rejects.toMatchObject({ code: 'INVALID_LISTENER' });
    expect(configuration.listeners).toHaveLength(1);
    expect((await rig.login()).status).toBe(302);
  });

  it('tells nobody the secret, a code or a token [B9.5 D]', async () => {
    provider.answers.set('/oauth2/token', { status: 401, body: provider.endpoints.clientSecret });
    expect((await rig.login()).status).toBe(561);
    provider.answers.clear();
    await rig.login('/page?q=in-the-query');
    await rig.fetch('/page');
    const { url = '', tokenFile = '' } = rig.alb.administration ?? {};
    const headers = { Authorization: `Bearer ${await readFile(tokenFile, 'utf8')}` };
    const administered = await Promise.all(
      ['faults', 'counts', 'targets'].map(async (path) => (await fetchOnce(`${url}/${path}`, { headers })).body),
    );
    expect(rig.events.at(-1)?.status).toBe(200);
    const told = JSON.stringify([rig.events, rig.alb, administered]);
    for (const secret of ['secret+/', 'secret%2B', 'code-1', 'access-1', 'refresh-1']) {
      expect(told).not.toContain(secret);
    }
  });
});
