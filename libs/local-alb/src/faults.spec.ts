import { type KeyObject, verify } from 'node:crypto';
import { createPublicKey } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Faults } from './faults.ts';
import { fetchOnce } from './testdata/client.ts';
import { type Echo } from './testdata/fake-target.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';

describe('a fault', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(() => rig.stop());

  const status = async (path = '/'): Promise<number> => (await rig.fetch(path)).status;
  const dataToken = async (): Promise<string> =>
    (JSON.parse((await rig.fetch('/')).body) as Echo).headers['x-amzn-oidc-data'] ?? '';

  it.each<[NonNullable<Faults['userPool']>, number, string]>([
    ['down', 500, 'AuthTokenEpRequestFailed'],
    ['failing', 561, 'AuthInvalidTokenResponse'],
  ])('lets the user pool be %s, until it is mended [G11.1 D]', async (userPool, expected, reason) => {
    rig.alb.setFaults({ userPool });
    expect((await rig.login()).status).toBe(expected);
    expect(rig.events.at(-1)?.errorReason).toBe(reason);
    expect(rig.pool.requests).toHaveLength(0);
    rig.alb.setFaults({});
    expect((await rig.login()).status).toBe(302);
    expect(await status()).toBe(200);
  });

  it('lets the user pool be slow [G11.1 D]', async () => {
    rig.alb.setFaults({ userPool: { slowMilliseconds: 80 } });
    const begun = performance.now();
    expect((await rig.login()).status).toBe(302);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(78);
  });

  it('signs with another key than the one that is published [G11.2 D]', async () => {
    await rig.login();
    rig.alb.setFaults({ signingKey: 'wrong' });
    const [header = '', payload = '', signature = ''] = (await dataToken()).split('.');
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
    const pem: KeyObject = createPublicKey((await fetchOnce(`${rig.alb.publicKeysUrl}/${kid}`, { ca })).body);
    const good = verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      { key: pem, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    expect(good).toBe(false);
  });

  it('moves the clock [G11.3 D]', async () => {
    await rig.login();
    const expiry = async (): Promise<number> =>
      (JSON.parse(Buffer.from((await dataToken()).split('.')[1] ?? '', 'base64url').toString()) as { exp: number }).exp;
    const right = await expiry();
    rig.alb.setFaults({ clockSkewSeconds: -300 });
    expect(Math.abs((await expiry()) - (right - 300))).toBeLessThan(5);
  });

  it('makes claims too large [G11.4 D]', async () => {
    rig.alb.setFaults({ claims: 'oversized' });
    expect((await rig.login()).status).toBe(500);
    expect(rig.events.at(-1)?.errorReason).toBe('AuthUserinfoResponseSizeExceeded');
  });

  it('lets all sessions of now have expired, and new ones not [G11.5 D]', async () => {
    await rig.login();
    rig.alb.setFaults({ sessions: 'expired' });
    expect(await status()).toBe(302);
    rig.advance(10);
    await rig.login();
    expect(await status()).toBe(200);
  });

  it('lets the target be down, or slow [G11.6 D]', async () => {
    await rig.login();
    rig.alb.setFaults({ target: 'down' });
    expect(await status()).toBe(502);
    rig.alb.setFaults({ target: { slowMilliseconds: 60 } });
    const begun = performance.now();
    expect(await status()).toBe(200);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(58);
  });

  it.each([
    ['block', 403, 'waf'],
    ['failing', 500, 'waf-failed'],
  ] as const)('lets a web ACL %s [B8.3 D, B8.11 D]', async (webAcl, expected, action) => {
    rig.alb.setFaults({ webAcl });
    expect(await status()).toBe(expected);
    expect(rig.events.at(-1)).toMatchObject({ actions: [action] });
    expect(rig.alb.faults).toEqual({ webAcl });
  });

  it('lets a request pass that a failing web ACL should have seen, where the load balancer is told to [A4.27 D]', async () => {
    await rig.login();
    const { loadBalancer } = rig.options;
    await rig.alb.update({ ...loadBalancer, attributes: { ...loadBalancer.attributes, wafFailOpen: true } });
    rig.alb.setFaults({ webAcl: 'failing' });
    expect(await status()).toBe(200);
    expect(rig.events.at(-1)).toMatchObject({ actions: ['waf-failed', 'authenticate', 'forward'] });
    rig.alb.setFaults({ webAcl: 'block' });
    expect(await status()).toBe(403);
  });
});
