import { afterEach, describe, expect, it } from '@jest/globals';

import { type Echo } from './testdata/fake-target.ts';
import {
  authenticateAction,
  forwardAction,
  httpsListener,
  loadBalancer,
  loginRule,
  pathRule,
} from './testdata/load-balancer.ts';
import { callbackOf, type Rig, startRig } from './testdata/rig.ts';
import { defaultSwitches, type Switches } from './switches.ts';

const modes = loadBalancer([
  httpsListener(
    pathRule(1, '/allow', { ...authenticateAction, onUnauthenticatedRequest: 'allow' }, forwardAction),
    pathRule(2, '/open', forwardAction),
    loginRule,
  ),
]);

describe('a switch', () => {
  let rig: Rig;
  const start = async (switches: Partial<Switches>): Promise<void> => {
    rig = await startRig(modes, { switches });
  };
  afterEach(() => rig.stop());

  const identity = async (path: string): Promise<string | undefined> => {
    const { body } = await rig.fetch(path, { headers: { 'x-amzn-oidc-identity': 'forged' } });
    return (JSON.parse(body) as Echo).headers['x-amzn-oidc-identity'];
  };

  it.each([
    ['as-sent', 'APP.localhost'],
    ['lower-case', 'app.localhost'],
  ] as const)('redirectUriHost: %s [B2.4 U]', async (redirectUriHost, expected) => {
    await start({ redirectUriHost });
    const { port } = new URL(rig.origin);
    const begun = await rig.fetch('/', { headers: { Host: `APP.localhost:${port}` } });
    expect(begun.location.searchParams.get('redirect_uri')).toBe(`https://${expected}:${port}/oauth2/idpresponse`);
  });

  it.each([500, 401] as const)('oversizedClaims: %i [B3.14 U]', async (oversizedClaims) => {
    await start({ oversizedClaims });
    rig.pool.claims = { sub: 'user-1', 'custom:x': 'x'.repeat(11_264) };
    expect((await rig.login()).status).toBe(oversizedClaims);
  });

  it.each([
    ['unauthorized', 401],
    ['login', 302],
  ] as const)('malformedSession: %s [B3.16 U]', async (malformedSession, expected) => {
    await start({ malformedSession });
    rig.jar.set('AWSELBAuthSessionCookie-0', 'AAAA');
    expect((await rig.fetch('/')).status).toBe(expected);
  });

  it.each([
    ['anonymous', 200],
    ['login', 302],
  ] as const)('allowExpired: %s [B4.4 U]', async (allowExpired, expected) => {
    await start({ allowExpired });
    await rig.login();
    rig.advance(3600_000);
    expect((await rig.fetch('/allow')).status).toBe(expected);
  });

  it.each([401, 561] as const)('accessDenied: %i [B4.6 U]', async (accessDenied) => {
    await start({ accessDenied });
    const begun = await rig.fetch('/');
    expect((await rig.fetch(callbackOf(begun).replace('code=code-1', 'error=access_denied'))).status).toBe(
      accessDenied,
    );
  });

  it.each([
    [0, false],
    [30, true],
  ])('dataTokenReuseSeconds: %i [B5.8 U]', async (dataTokenReuseSeconds, same) => {
    await start({ dataTokenReuseSeconds });
    await rig.login();
    const token = async (): Promise<string | undefined> =>
      (JSON.parse((await rig.fetch('/')).body) as Echo).headers['x-amzn-oidc-data'];
    const first = await token();
    rig.advance(20_000);
    expect((await token()) === first).toBe(same);
    rig.advance(20_000);
    expect(await token()).not.toBe(first);
  });

  it.each([
    ['pass', 'forged'],
    ['remove', undefined],
  ] as const)('identityHeadersUnchecked: %s [B5.12 U]', async (identityHeadersUnchecked, expected) => {
    await start({ identityHeadersUnchecked });
    expect(await identity('/open')).toBe(expected);
    await rig.login();
    expect(await identity('/')).toBe('user-1');
  });

  it.each(['basic', 'post'] as const)(
    'tokenEndpointAuthentication: %s [B9.9 U]',
    async (tokenEndpointAuthentication) => {
      await start({ tokenEndpointAuthentication });
      await rig.login();
      const [token] = rig.pool.requests;
      expect(token?.authorization?.startsWith('Basic ') ?? false).toBe(tokenEndpointAuthentication === 'basic');
      expect(token?.form.get('client_secret') ?? undefined).toBe(
        tokenEndpointAuthentication === 'post' ? 'secret+/ of the client' : undefined,
      );
    },
  );
});

it('has a default for each', () => {
  expect(Object.values(defaultSwitches)).not.toContain(undefined);
});
