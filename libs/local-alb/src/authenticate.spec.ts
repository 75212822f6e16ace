import { afterEach, describe, expect, it } from '@jest/globals';

import { type AuthenticateCognitoAction } from '@gatehouse/listener';

import { type Echo } from './testdata/fake-target.ts';
import {
  authenticateAction,
  forwardAction,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
} from './testdata/load-balancer.ts';
import { type Rig, startRig } from './testdata/rig.ts';

const cookie = 'AWSELBAuthSessionCookie-0';
const variant = (change: Partial<AuthenticateCognitoAction>): AuthenticateCognitoAction => ({
  ...authenticateAction,
  ...change,
});

/** One path for each mode, all with the same session. */
const modes = httpsListener(
  pathRule(1, '/allow', variant({ onUnauthenticatedRequest: 'allow' }), forwardAction),
  pathRule(2, '/deny', variant({ onUnauthenticatedRequest: 'deny' }), forwardAction),
  pathRule(3, '/open', forwardAction),
  loginRule,
);

describe('an authenticate action', () => {
  let rig: Rig;
  const start = async (...parameters: Parameters<typeof startRig>): Promise<void> => {
    rig = await startRig(...parameters);
  };
  afterEach(() => rig.stop());

  const forwardedHeaders = (body: string): Echo['headers'] => (JSON.parse(body) as Echo).headers;
  /** What a request to the path meets: the status, and who the target thinks it is. */
  const outcome = async (path: string): Promise<readonly [number, string?]> => {
    const answer = await rig.fetch(path, { headers: { 'x-amzn-oidc-identity': 'forged' } });
    return answer.status === 200
      ? [200, forwardedHeaders(answer.body)['x-amzn-oidc-identity'] ?? 'nobody']
      : [answer.status];
  };

  it.each([
    ['none', [302], [200, 'nobody'], [401]],
    ['valid', [200, 'user-1'], [200, 'user-1'], [200, 'user-1']],
    ['expired', [302], [200, 'nobody'], [302]],
    ['malformed', [401], [401], [401]],
  ])(
    'with a session that is %s follows its mode [A3.5 D, B4.1 D, B4.2 D, B4.3 D, B4.4 U]',
    async (state, authenticate, allow, deny) => {
      await start(loadBalancer([modes]));
      const set = (): void => {
        if (state === 'malformed') rig.jar.set(cookie, 'AAAA');
      };
      if (state === 'valid' || state === 'expired') await rig.login();
      if (state === 'expired') rig.advance(3600_000);
      for (const [path, expected] of [
        ['/', authenticate],
        ['/allow', allow],
        ['/deny', deny],
      ] as const) {
        set();
        expect(await outcome(path)).toEqual(expected);
      }
      expect(rig.events.at(-1)?.errorReason).toBe(state === 'malformed' ? 'AuthInvalidCookie' : undefined);
    },
  );

  it('lets the browser forget a malformed session, so that the next attempt can succeed [B3.16 U, B8.2 D]', async () => {
    await start();
    rig.jar.set(cookie, 'AAAA');
    rig.jar.set('AWSELBAuthSessionCookie-2', 'BBBB');
    const refused = await rig.fetch('/');
    expect(refused.body).toContain('<head><title>401 Authorization Required</title></head>');
    expect(rig.jar.names).toEqual([]);
    expect((await rig.fetch('/')).status).toBe(302);
  });

  it('is what removes forged identities: a rule without it hands them on [B5.11 R, B5.12 U]', async () => {
    await start(loadBalancer([modes]));
    expect(await outcome('/open')).toEqual([200, 'forged']);
  });

  it('does not take the session of another cookie, even one of the same pool [A3.1 D, G6 D]', async () => {
    await start(
      loadBalancer([
        httpsListener(pathRule(1, '/other', variant({ sessionCookieName: 'Other' }), forwardAction), loginRule),
      ]),
    );
    await rig.login();
    expect(await outcome('/other')).toEqual([302]);
    rig.jar.set('Other-0', rig.jar.get(cookie) ?? '');
    expect(await outcome('/other')).toEqual([401]);
  });

  describe('when the access token has expired', () => {
    const later = (): void => rig.advance(901_000);

    it('refreshes tokens and claims, and keeps the end of the session [B6.1 D, B6.2 D]', async () => {
      await start();
      await rig.login();
      rig.pool.claims = { sub: 'user-1', email: 'new@example.com' };
      rig.pool.tokens = { refresh_token: undefined, id_token: undefined };
      later();
      const refreshed = await rig.fetch('/');
      const headers = forwardedHeaders(refreshed.body);
      expect(headers['x-amzn-oidc-accesstoken']).toBe('access-2');
      const payload = Buffer.from(headers['x-amzn-oidc-data']?.split('.')[1] ?? '', 'base64url').toString();
      expect(JSON.parse(payload)).toMatchObject({ email: 'new@example.com' });
      expect(refreshed.setCookies).toEqual([expect.stringMatching(/^AWSELBAuthSessionCookie-0=/)]);

      const calls = rig.pool.requests.length;
      expect(await outcome('/')).toEqual([200, 'user-1']);
      expect(rig.pool.requests).toHaveLength(calls);
      later();
      expect(await outcome('/')).toEqual([200, 'user-1']);
      expect(rig.pool.requests).toHaveLength(calls + 2);
      rig.advance(3600_000 - 2 * 901_000);
      expect(await outcome('/')).toEqual([302]);
    });

    it('sends the browser back to the login when the refresh fails, in whatever way [B6.2 D, G9 D]', async () => {
      await start();
      await rig.login();
      later();
      for (const answer of [
        { status: 400, body: '{"error":"invalid_grant"}' },
        { status: 500, body: '' },
        'break',
      ] as const) {
        rig.pool.answers.set('/oauth2/token', answer);
        expect(await outcome('/')).toEqual([302]);
      }
      rig.pool.answers.clear();
      rig.pool.claims = { sub: 'user-2' };
      expect(await outcome('/')).toEqual([302]);
    });

    it('goes on with what it knows when there is no refresh token [B6.3 D]', async () => {
      await start();
      rig.pool.tokens = { refresh_token: undefined };
      await rig.login();
      later();
      expect(await outcome('/')).toEqual([200, 'user-1']);
      expect(rig.pool.requests).toHaveLength(2);
    });

    it('answers 500 when the claims have grown over 11K [B3.13 D]', async () => {
      await start();
      await rig.login();
      rig.pool.claims = { sub: 'user-1', 'custom:x': 'x'.repeat(11_264) };
      later();
      expect(await outcome('/')).toEqual([500]);
      expect(rig.events.at(-1)?.errorReason).toBe('AuthUserinfoResponseSizeExceeded');
    });

    it('marks the cookie for cross-site use only when another origin asks [B3.9 D]', async () => {
      await start();
      await rig.login();
      later();
      const same = await rig.fetch('/', { headers: { Origin: rig.origin } });
      later();
      const other = await rig.fetch('/', { headers: { Origin: 'https://other.example' } });
      expect(same.setCookies.join()).not.toContain('SameSite');
      expect(other.setCookies.join()).toContain('SameSite=None');
    });
  });

  it('sends the browser to the login page with the parameters in the order of AWS [A3.2 D, A3.4 D, B1.1 D, B2.1 R, B2.2 R, B2.3 D, B2.5 R, B3.1 R, B3.4 U]', async () => {
    const action = variant({ authenticationRequestExtraParams: { prompt: 'login', display: 'a b' } });
    await start(loadBalancer([httpsListener({ ...loginRule, actions: [action, forwardAction] })]));
    const begun = await rig.fetch('/page');
    const callback = encodeURIComponent(`${rig.origin}/oauth2/idpresponse`);
    expect(begun.headers.location).toMatch(
      new RegExp(
        `^https://login\\.localhost/oauth2/authorize\\?client_id=client1&redirect_uri=${callback}&response_type=code` +
          '&scope=openid%20email&state=(?:[A-Za-z0-9]|%2B|%2F|%3D)+&prompt=login&display=a%20b$',
      ),
    );
    expect(begun.setCookies).toEqual([
      expect.stringMatching(/^AWSALBAuthNonce=[A-Za-z0-9]{16}; Path=\/; Secure; HttpOnly$/),
    ]);
  });

  it('answers 500, and names no secret, when the pool of the action is not known', async () => {
    await start(undefined, {
      resolveUserPool: () => {
        throw new Error('no such pool');
      },
    });
    expect((await rig.fetch('/')).status).toBe(500);
    expect(rig.events).toMatchObject([{ status: 500, detail: 'Error: no such pool' }]);
  });
});
