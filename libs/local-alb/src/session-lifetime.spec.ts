import { afterEach, describe, expect, it } from '@jest/globals';

import { type Echo } from './testdata/fake-target.ts';
import { issuer } from './testdata/fake-user-pool.ts';
import { authenticateAction, forwardAction, httpsListener, loadBalancer, loginRule } from './testdata/load-balancer.ts';
import { type Rig, startRig } from './testdata/rig.ts';

describe('a session', () => {
  let rig: Rig;
  afterEach(() => rig.stop());

  const withTimeout = (sessionTimeoutSeconds: number) =>
    loadBalancer([
      httpsListener({ ...loginRule, actions: [{ ...authenticateAction, sessionTimeoutSeconds }, forwardAction] }),
    ]);
  const status = async (): Promise<number> => (await rig.fetch('/')).status;
  const data = async (): Promise<{ readonly exp: number; readonly iss: string }> => {
    const token = (JSON.parse((await rig.fetch('/')).body) as Echo).headers['x-amzn-oidc-data'] ?? '';
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number; iss: string };
  };

  it('ends at its timeout, though the access token lives on [A3.3 D, B6.4 D]', async () => {
    rig = await startRig(withTimeout(60));
    await rig.login();
    rig.advance(59_000);
    expect(await status()).toBe(200);
    rig.advance(2000);
    expect(await status()).toBe(302);
    expect(rig.pool.requests.filter(({ path }) => path === '/oauth2/token')).toHaveLength(1);
  });

  it('goes on for longer than its cookie, where the timeout is longer [A3.8 U]', async () => {
    const day = 24 * 3600 * 1000;
    rig = await startRig(withTimeout((10 * day) / 1000));
    const { setCookies } = await rig.login();
    const [expires] = setCookies.flatMap(
      (cookie) => /^AWSELBAuthSessionCookie-0=.*Expires=([^;]+)/.exec(cookie)?.[1] ?? [],
    );
    expect(Math.abs(Date.parse(expires ?? '') - Date.now() - 7 * day)).toBeLessThan(10 * 60 * 1000);
    rig.advance(9 * day);
    expect(await status()).toBe(200);
    rig.advance(2 * day);
    expect(await status()).toBe(302);
  });

  it('names the issuer of the action as it is now [B6.5 R]', async () => {
    rig = await startRig(undefined, { resolveUserPool: () => ({ ...rig.pool.endpoints, issuer: named }) });
    let named = issuer;
    await rig.login();
    expect((await data()).iss).toBe(issuer);
    named = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other';
    expect((await data()).iss).toBe(named);
  });

  it('is told to the target by a token that is good for a minute [B5.7 R]', async () => {
    rig = await startRig();
    await rig.login();
    const left = (await data()).exp - Date.now() / 1000;
    expect(left).toBeGreaterThan(55);
    expect(left).toBeLessThanOrEqual(60);
  });

  it('is over when the application expires the cookie, and stays good for who copied it [B6.7 D]', async () => {
    rig = await startRig();
    await rig.login();
    const copied = rig.jar.header;
    rig.target.handler = (_request, response) => {
      const gone = 'AWSELBAuthSessionCookie-0=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure; HttpOnly';
      response.writeHead(200, { 'Set-Cookie': gone }).end();
    };
    await rig.fetch('/logout');
    expect(await status()).toBe(302);
    expect((await rig.fetch('/', { headers: { Cookie: copied } })).status).toBe(200);
  });
});
