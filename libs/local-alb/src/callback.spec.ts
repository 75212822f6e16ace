import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  authenticateAction,
  forwardAction,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
  rule,
} from './testdata/load-balancer.ts';
import { type ClientAnswer } from './testdata/client.ts';
import { fakeJwt, issuer } from './testdata/fake-user-pool.ts';
import { callbackOf, type Rig, startRig } from './testdata/rig.ts';

describe('the callback', () => {
  let rig: Rig;
  let begun: ClientAnswer;
  beforeEach(async () => {
    rig = await startRig();
    begun = await rig.fetch('/page');
  });
  afterEach(() => rig.stop());

  /** The answer to a callback, and that it is an error page that spends no code and begins no session. */
  const refused = async (
    address: string,
    headers: Record<string, string> = {},
  ): Promise<readonly [number, string?]> => {
    const { status, setCookies, headers: answered } = await rig.fetch(address, { headers });
    expect(setCookies.join()).not.toContain('AWSELBAuthSessionCookie');
    expect(answered.location).toBeUndefined();
    const reason = rig.events.at(-1)?.errorReason;
    return reason === undefined ? [status] : [status, reason];
  };
  const spent = (): number => rig.pool.requests.length;
  const parameters = (change: Record<string, string>): string => {
    const url = new URL(callbackOf(begun));
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value);
    return url.href;
  };

  it('is taken by the load balancer whatever the rules say, and only where something authenticates [B2.7 D, B2.8 D]', async () => {
    const narrow = pathRule(1, '/login', authenticateAction, forwardAction);
    await rig.alb.update(loadBalancer([httpsListener(narrow, rule('default', [forwardAction]))]));
    expect((await rig.fetch('/anything')).status).toBe(200);
    expect(await refused('/oauth2/idpresponse')).toEqual([401, 'AuthMissingStateParam']);
    await rig.alb.update(loadBalancer([httpsListener(rule('default', [forwardAction]))]));
    expect((await rig.fetch('/oauth2/idpresponse')).status).toBe(200);
  });

  it('refuses a login that this browser did not begin [B3.2 D, B3.3 R]', async () => {
    expect(await refused(callbackOf(begun), { Cookie: '' })).toEqual([401, 'AuthMissingAWSALBAuthNonce']);
    expect(await refused(callbackOf(begun), { Cookie: 'AWSALBAuthNonce=AAAAAAAAAAAAAAAA' })).toEqual([
      401,
      'AuthInvalidAWSALBAuthNonce',
    ]);
    expect(spent()).toBe(0);
  });

  it('refuses the login of one tab when another has begun one since [B3.5 U]', async () => {
    const second = await rig.fetch('/other');
    expect(await refused(callbackOf(begun))).toEqual([401, 'AuthInvalidAWSALBAuthNonce']);
    expect((await rig.fetch(callbackOf(second))).headers.location).toBe(`${rig.origin}/other`);
  });

  it('refuses a state that is missing, changed, repeated, empty, late, or a session [B2.6 D, B2.8 D, G4 D]', async () => {
    const state = begun.location.searchParams.get('state') ?? '';
    expect(await refused('/oauth2/idpresponse?code=c')).toEqual([401, 'AuthMissingStateParam']);
    expect(await refused(parameters({ state: '' }))).toEqual([401, 'AuthMissingStateParam']);
    expect(await refused(`${callbackOf(begun)}&state=x`)).toEqual([401, 'AuthMissingStateParam']);
    const changed = `${state.slice(0, -8)}${state.slice(-8, -4) === 'AAAA' ? 'BBBB' : 'AAAA'}${state.slice(-4)}`;
    expect(await refused(parameters({ state: changed }))).toEqual([401, 'AuthInvalidStateParam']);
    rig.advance(15 * 60_000 + 1000);
    expect(await refused(callbackOf(begun))).toEqual([401, 'AuthInvalidStateParam']);
    expect(spent()).toBe(0);
  });

  it('refuses a session in place of a state [G4 D]', async () => {
    await rig.login();
    const nonce = await rig.fetch('/', { headers: { Cookie: '' } });
    expect(nonce.status).toBe(302);
    const state = rig.jar.get('AWSELBAuthSessionCookie-0') ?? '';
    expect(await refused(parameters({ state }))).toEqual([401, 'AuthInvalidStateParam']);
  });

  it('refuses a login that was begun on another host, and never redirects to one [G5 D]', async () => {
    const { port } = new URL(rig.origin);
    const elsewhere = callbackOf(begun).replace('app.localhost', 'evil.localhost');
    expect(
      await refused(elsewhere.replace('evil.localhost', 'app.localhost'), { Host: `evil.localhost:${port}` }),
    ).toEqual([401, 'AuthInvalidStateParam']);
    expect(spent()).toBe(0);
  });

  it.each(['//evil.example/x', '/\\evil.example', '/@evil.example', '/%2f%2fevil.example', '/.evil.example'])(
    'comes back to this host for the path %s [G5 D]',
    async (path) => {
      const ended = await rig.login(`${rig.origin}${path}`);
      expect(ended.headers.location).toBe(`${rig.origin}${path}`);
      expect(ended.location.host).toBe(new URL(rig.origin).host);
    },
  );

  it('comes back with a GET to where a POST was [B1.4 R]', async () => {
    begun = await rig.fetch('/form?a=1', { method: 'POST', body: 'x=1' });
    expect((await rig.fetch(callbackOf(begun))).headers.location).toBe(`${rig.origin}/form?a=1`);
  });

  it('refuses without a code, and spends none twice [B2.8 D]', async () => {
    expect(await refused(parameters({ code: '' }))).toEqual([401, 'AuthMissingCodeParam']);
    expect((await rig.fetch(callbackOf(begun))).status).toBe(302);
    expect(rig.jar.names).toEqual(['AWSELBAuthSessionCookie-0']);
    expect((await rig.fetch(callbackOf(begun))).status).toBe(401);
    expect(spent()).toBe(2);
  });

  it('tells a denial from an error of the login page, after the state [B4.6 U, B8.17 D, G7 D]', async () => {
    expect(await refused('/oauth2/idpresponse?error=server_error')).toEqual([401, 'AuthMissingStateParam']);
    expect(await refused(parameters({ error: 'access_denied' }))).toEqual([401]);
    expect(await refused(parameters({ error: 'server_error' }))).toEqual([561]);
    expect(spent()).toBe(0);
  });

  it.each([
    [
      'the code was used',
      '/oauth2/token',
      { status: 400, body: '{"error":"invalid_grant"}' },
      [401, 'AuthInvalidGrantError'],
    ],
    ['the pool fails', '/oauth2/token', { status: 500, body: '' }, [561, 'AuthInvalidTokenResponse']],
    ['the pool is down', '/oauth2/token', 'break', [500, 'AuthTokenEpRequestFailed']],
    ['userinfo is down', '/oauth2/userInfo', 'break', [500, 'AuthUserinfoEpRequestFailed']],
  ] as const)('ends on an error page when %s [B7.1 D, B8.11 D, B9.2 D, G7 D]', async (_, path, answer, expected) => {
    rig.pool.answers.set(path, answer);
    expect(await refused(callbackOf(begun))).toEqual(expected);
  });

  it('refuses tokens without an ID token, or of another user', async () => {
    for (const idToken of [undefined, fakeJwt({ iss: issuer, aud: 'client1', sub: 'user-2' })]) {
      rig.pool.tokens = { id_token: idToken };
      expect(await refused(callbackOf(begun))).toEqual([401, 'AuthInvalidIdToken']);
    }
  });

  it('takes claims and access token of 11K together, and answers 500 to more [B3.6 D, B3.13 D, B3.14 U]', async () => {
    const rest = (): number =>
      11_264 - Buffer.byteLength(JSON.stringify({ sub: 'user-1', 'custom:x': '' })) - 'access-1'.length;
    rig.pool.claims = { sub: 'user-1', 'custom:x': 'x'.repeat(rest() + 1) };
    expect(await refused(callbackOf(begun))).toEqual([500, 'AuthUserinfoResponseSizeExceeded']);
    rig.pool.claims = { sub: 'user-1', 'custom:x': 'x'.repeat(rest()) };
    const ended = await rig.fetch(callbackOf(begun));
    expect(ended.status).toBe(302);
    expect(rig.jar.names).toHaveLength(4);
    expect((await rig.fetch('/')).status).toBe(200);
  });

  it('removes the shards of a longer session before [B3.15 D]', async () => {
    rig.jar.set('AWSELBAuthSessionCookie-3', 'old');
    await rig.fetch(callbackOf(begun));
    expect(rig.jar.names).toEqual(['AWSELBAuthSessionCookie-0']);
  });

  it('refuses when the rule that began the login is gone', async () => {
    const other = { ...authenticateAction, userPoolClientId: 'client2' };
    await rig.alb.update(loadBalancer([httpsListener({ ...loginRule, actions: [other, forwardAction] })]));
    expect(await refused(callbackOf(begun))).toEqual([401, 'AuthInvalidStateParam']);
    expect(spent()).toBe(0);
  });
});
