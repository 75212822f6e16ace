import { verify } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { fetchOnce } from './testdata/client.ts';
import { type Echo } from './testdata/fake-target.ts';
import { issuer } from './testdata/fake-user-pool.ts';
import { albArn } from './testdata/load-balancer.ts';
import { ca, callbackOf, type Rig, startRig } from './testdata/rig.ts';

describe('a login through a running load balancer', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await startRig();
  });
  afterEach(() => rig.stop());

  it('ends on the page first asked for, with signed claims for the application [B1.3 D, B3.12 R, B5.1 D, B5.9 D]', async () => {
    const begun = await rig.fetch('/deep/page?tab=2');
    expect(begun.status).toBe(302);
    expect(`${begun.location.origin}${begun.location.pathname}`).toBe('https://login.localhost/oauth2/authorize');

    const ended = await rig.fetch(callbackOf(begun));
    expect(ended.status).toBe(302);
    expect(ended.headers.location).toBe(`${rig.origin}/deep/page?tab=2`);
    expect(rig.jar.names).toEqual(['AWSELBAuthSessionCookie-0']);

    const page = await rig.fetch(ended.headers.location ?? '');
    expect(page.status).toBe(200);
    const { headers, url } = JSON.parse(page.body) as Echo;
    expect(url).toBe('/deep/page?tab=2');
    expect(headers['x-amzn-oidc-identity']).toBe('user-1');
    expect(headers['x-amzn-oidc-accesstoken']).toBe('access-1');
    expect(headers['cookie']).toContain('AWSELBAuthSessionCookie-0=');

    const [header = '', payload = '', signature = ''] = (headers['x-amzn-oidc-data'] ?? '').split('.');
    const decoded = JSON.parse(Buffer.from(header, 'base64url').toString()) as Record<string, unknown>;
    expect(decoded).toMatchObject({ alg: 'ES256', signer: albArn, client: 'client1', iss: issuer });
    const pem = await fetchOnce(`${rig.alb.publicKeysUrl}/${String(decoded['kid'])}`, { ca });
    const signed = Buffer.from(`${header}.${payload}`);
    expect(
      verify('sha256', signed, { key: pem.body, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
    ).toBe(true);
  });

  it('asks the user pool once, with the client secret in the header [A3.6 D, B1.2 D, B9.9 U]', async () => {
    await rig.login();
    const [token, userInfo] = rig.pool.requests;
    expect(rig.pool.requests).toHaveLength(2);
    expect(Object.fromEntries(token?.form ?? [])).toEqual({
      grant_type: 'authorization_code',
      client_id: 'client1',
      code: 'code-1',
      redirect_uri: `${rig.origin}/oauth2/idpresponse`,
    });
    const [id, secret] = Buffer.from(token?.authorization?.slice('Basic '.length) ?? '', 'base64')
      .toString()
      .split(':');
    expect([id, secret]).toEqual(['client1', 'secret%2B%2F+of+the+client']);
    expect(userInfo).toMatchObject({ path: '/oauth2/userInfo', authorization: 'Bearer access-1' });
  });

  it('tells about each request, and nothing secret [B9.1 D, B9.5 D]', async () => {
    await rig.login('/page?secret=in-the-query');
    const cookie = rig.jar.header;
    await rig.fetch('/page');
    expect(rig.events.map(({ status, path, actions, priority }) => ({ status, path, actions, priority }))).toEqual([
      { status: 302, path: '/page', actions: ['authenticate'], priority: 'default' },
      { status: 302, path: '/oauth2/idpresponse', actions: ['authenticate'], priority: -1 },
      { status: 200, path: '/page', actions: ['authenticate', 'forward'], priority: 'default' },
    ]);
    const told = JSON.stringify(rig.events);
    for (const secret of ['code-1', 'access-1', 'refresh-1', 'in-the-query', 'secret+', cookie.slice(-200), 'user-1']) {
      expect(told).not.toContain(secret);
    }
  });
});
