import { type AuthenticateOidcAction } from '@gatehouse/listener';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { CookieJar, fetchOnce } from './testdata/client.ts';
import { type Echo } from './testdata/fake-target.ts';
import { forwardAction, httpsListener, loadBalancer, oidcAction, pathRule, rule } from './testdata/load-balancer.ts';
import { type OpenIdProvider, startOpenIdProvider } from './testdata/openid-provider.ts';
import { ca, type Rig, serverTls, startRig } from './testdata/rig.ts';

describe('at an OpenID provider that knows nothing of load balancers', () => {
  let rig: Rig;
  let provider: OpenIdProvider;
  let action: AuthenticateOidcAction;
  /** The browser's cookies of the provider. */
  let jar: CookieJar;

  beforeEach(async () => {
    rig = await startRig(undefined, { resolveClientSecret: () => provider.clientSecret });
    provider = await startOpenIdProvider(serverTls, `${rig.origin}/oauth2/idpresponse`);
    const { issuer } = provider;
    action = {
      ...oidcAction,
      issuer,
      authorizationEndpoint: `${issuer}/auth`,
      tokenEndpoint: `${issuer}/token`,
      userInfoEndpoint: `${issuer}/me`,
      sessionTimeoutSeconds: 86_400,
    };
    jar = new CookieJar();
  });
  afterEach(async () => {
    await Promise.all([rig.stop(), provider.close()]);
  });

  /** Asks for a page, and follows the login to its end. @returns where it led */
  async function signIn(path: string): Promise<string> {
    let { location } = await rig.fetch(path);
    while (location.origin === provider.issuer) {
      const answer = await fetchOnce(location.href, { ca, headers: { Cookie: jar.header } });
      jar.take(answer.setCookies);
      location = new URL(answer.headers.location ?? '', location);
    }
    const ended = await rig.fetch(location.href);
    expect(ended.status).toBe(302);
    return ended.location.href;
  }
  const page = async (path = '/page'): Promise<Echo['headers']> =>
    (JSON.parse((await rig.fetch(path)).body) as Echo).headers;

  it('signs in, and is refreshed with the refresh token that came last [A2.10 D, B6.1 D, B6.6 U]', async () => {
    await rig.alb.update(loadBalancer([httpsListener(rule('default', [action, forwardAction]))]));
    expect(await signIn('/page')).toBe(`${rig.origin}/page`);
    const first = await page();
    expect(first['x-amzn-oidc-identity']).toBe('ada');
    const payload = Buffer.from(first['x-amzn-oidc-data']?.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(payload)).toMatchObject({ sub: 'ada', email: 'ada@example.com', iss: provider.issuer });

    const tokens = [first['x-amzn-oidc-accesstoken']];
    for (let refresh = 0; refresh < 2; refresh++) {
      rig.advance(2 * 3600_000);
      const next = await page();
      expect(next['x-amzn-oidc-identity']).toBe('ada');
      tokens.push(next['x-amzn-oidc-accesstoken']);
    }
    expect(new Set(tokens).size).toBe(3);
    expect(provider.grants).toEqual(['authorization_code', 'refresh_token', 'refresh_token']);
  });

  it('signs in at a second rule with a cookie of its own, and asks nobody again [A3.7 R]', async () => {
    const second = { ...action, sessionCookieName: 'Second' };
    await rig.alb.update(
      loadBalancer([
        httpsListener(pathRule(1, '/second', second, forwardAction), rule('default', [action, forwardAction])),
      ]),
    );
    await signIn('/page');
    expect([(await rig.fetch('/second')).status, provider.logins]).toEqual([302, 1]);
    expect(await signIn('/second')).toBe(`${rig.origin}/second`);
    expect((await page('/second'))['x-amzn-oidc-identity']).toBe('ada');
    expect([provider.logins, provider.grants.length]).toEqual([1, 2]);
  });
});
