import { expect, it } from '@jest/globals';

import { CookieJar, fetchOnce } from './testdata/client.ts';
import { type Echo } from './testdata/fake-target.ts';
import { forwardAction, httpsListener, loadBalancer, oidcAction, rule } from './testdata/load-balancer.ts';
import { startOpenIdProvider } from './testdata/openid-provider.ts';
import { ca, serverTls, startRig } from './testdata/rig.ts';

it('signs in at an OpenID provider that knows nothing of load balancers, and is refreshed there [A2.10 D, B6.1 D]', async () => {
  const rig = await startRig(undefined, { resolveClientSecret: () => provider.clientSecret });
  const provider = await startOpenIdProvider(serverTls, `${rig.origin}/oauth2/idpresponse`);
  try {
    const { issuer } = provider;
    const action = {
      ...oidcAction,
      issuer,
      authorizationEndpoint: `${issuer}/auth`,
      tokenEndpoint: `${issuer}/token`,
      userInfoEndpoint: `${issuer}/me`,
      sessionTimeoutSeconds: 86_400,
    };
    await rig.alb.update(loadBalancer([httpsListener(rule('default', [action, forwardAction]))]));

    const jar = new CookieJar();
    let { location } = await rig.fetch('/page');
    while (location.origin === issuer) {
      const answer = await fetchOnce(location.href, { ca, headers: { Cookie: jar.header } });
      jar.take(answer.setCookies);
      location = new URL(answer.headers.location ?? '', location);
    }
    const ended = await rig.fetch(location.href);
    expect([ended.status, ended.headers.location]).toEqual([302, `${rig.origin}/page`]);
    const page = async (): Promise<Echo['headers']> => (JSON.parse((await rig.fetch('/page')).body) as Echo).headers;
    const first = await page();
    expect(first['x-amzn-oidc-identity']).toBe('ada');
    const payload = Buffer.from(first['x-amzn-oidc-data']?.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(payload)).toMatchObject({ sub: 'ada', email: 'ada@example.com', iss: issuer });

    rig.advance(2 * 3600_000);
    const second = await page();
    expect(second['x-amzn-oidc-identity']).toBe('ada');
    expect(second['x-amzn-oidc-accesstoken']).not.toBe(first['x-amzn-oidc-accesstoken']);
    expect(provider.grants).toEqual(['authorization_code', 'refresh_token']);
  } finally {
    await Promise.all([rig.stop(), provider.close()]);
  }
});
