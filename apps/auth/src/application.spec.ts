import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { type AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { ada, bearerClientId, browser, localLogin, type Method, RunningApp, settings } from './testdata/running-app.ts';

let app: RunningApp;
beforeAll(async () => {
  app = await RunningApp.start();
});
afterAll(() => app.nest.close());

describe('closed by default', () => {
  it.each<[Method, string]>([
    ['GET', '/'],
    ['HEAD', '/'],
    ['POST', '/'],
    ['GET', '/api/me'],
    ['GET', '/admin'],
    ['GET', '/logout'],
    ['GET', '/unknown'],
    ['GET', '/unknown/deeper?x=1'],
    ['PUT', '/unknown'],
    ['PATCH', '/api/me'],
    ['DELETE', '/admin'],
    ['OPTIONS', '/admin'],
    ['POST', '/logged-out'],
    ['GET', '/Logged-Out'],
    ['GET', '/logged-out/'],
    ['GET', '/logged-out/../admin'],
    ['GET', '/logged-out%2f..%2fadmin'],
    ['GET', '/health'],
    ['GET', '/health/live/'],
    ['GET', '/assets/'],
    ['GET', '/assets/..%2fadmin'],
    ['GET', '/assets/gatehouse.css/x'],
    ['GET', '//health/live'],
    ['GET', '/oauth2/idpresponse?code=x&state=y'],
    ['GET', '/favicon.ico'],
  ])('%s %s needs a verified user', async (method, url) => {
    const { status, body } = await app.request(method, url);
    expect(status).toBe(401);
    if (method !== 'HEAD') expect(JSON.parse(body)).toEqual({ code: 'DATA_MISSING', statusCode: 401 });
  });

  it.each<string>(['/logged-out', '/health/live', '/health/ready', '/assets/gatehouse.css', '/assets/favicon.svg'])(
    '%s is open, also to somebody with bad credentials',
    async (url) => {
      expect((await app.get(url)).status).toBe(200);
      expect((await app.get(url, { 'x-amzn-oidc-data': 'rubbish' })).status).toBe(200);
    },
  );

  it('admits nobody on headers that no load balancer signed', async () => {
    const forged = Buffer.from(JSON.stringify({ sub: ada.subject, username: 'ada' })).toString('base64url');
    for (const headers of [
      { 'x-amzn-oidc-identity': ada.subject },
      { 'x-amzn-oidc-data': `${forged}.${forged}.`, 'x-amzn-oidc-identity': ada.subject },
      { ...app.as(ada), 'x-amzn-oidc-identity': 'somebody-else' },
      { ...app.as(ada), 'x-amzn-oidc-data': `${app.as(ada)['x-amzn-oidc-data']?.slice(0, -8)}AAAAAA==` },
      { ...app.as(ada), x_amzn_oidc_data: 'x' },
      localSigned(),
    ]) {
      expect((await app.get('/api/me', headers)).status).toBe(401);
    }
  });

  it('admits a bearer token of an accepted client, and of no other', async () => {
    const accepted = app.login.accessTokenOf(ada, bearerClientId);
    expect((await app.get('/api/me', { authorization: `Bearer ${accepted}` })).status).toBe(200);

    const refused = await app.get('/api/me', { authorization: `Bearer ${app.login.accessTokenOf(ada)}` });
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toMatch(/^Bearer error="invalid_token"/);
  });

  /** Genuine in every respect, but of a load balancer and a pool with other keys. */
  function localSigned(): Readonly<Record<string, string>> {
    return localLogin().signAs(ada);
  }
});

describe('every answer', () => {
  it.each<[string, boolean]>([
    ['/', true],
    ['/', false],
    ['/unknown', true],
    ['/logged-out', false],
    ['/health/live', false],
    ['/assets/gatehouse.css', false],
    ['/%zz', true],
  ])('%s (signed in: %s) carries the security headers', async (url, signedIn) => {
    const { headers } = await app.get(url, { ...browser, ...(signedIn && app.as(ada)) });
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';style-src 'self';img-src 'self';" +
        `form-action 'self' ${settings.cognitoHostedUrl};frame-ancestors 'none';base-uri 'none'`,
    );
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it.each<[string, boolean]>([
    ['/', true],
    ['/', false],
    ['/api/me', true],
    ['/admin', true],
    ['/unknown', true],
    ['/logged-out', false],
  ])('%s (signed in: %s) is not kept by any cache', async (url, signedIn) => {
    const { headers } = await app.get(url, { ...browser, ...(signedIn && app.as(ada)) });
    expect(headers['cache-control']).toBe('no-store');
  });

  it('has no script and no style of its own in a page', async () => {
    for (const url of ['/', '/unknown', '/admin', '/logged-out', '/logout']) {
      const { body } = await app.get(url, { ...browser, ...app.as(ada) });
      expect(body).toMatch(/^<!doctype html><html lang="en">/);
      expect(body).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
    }
  });
});

describe('the server', () => {
  beforeAll(() => app.nest.listen({ host: '127.0.0.1', port: 0 }));

  function ask(method: string, path: string, headers: OutgoingHttpHeaders = {}): Promise<IncomingMessage> {
    const { port } = app.nest.getHttpServer().address() as AddressInfo;
    return new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) =>
        resolve(response.resume()),
      )
        .on('error', reject)
        .end();
    });
  }

  it('takes the 64 KB of headers that a load balancer lets pass', async () => {
    const cookie = `AWSELBAuthSessionCookie-0=${'x'.repeat(50_000)}`;
    expect((await ask('GET', '/api/me', { ...app.as(ada), cookie })).statusCode).toBe(200);
  });

  it('keeps an idle connection for longer than the load balancer does', () => {
    expect(app.nest.getHttpServer().keepAliveTimeout).toBeGreaterThan(60_000);
  });

  it('reveals nothing to a stranger where no route can match', async () => {
    const answer = await ask('OPTIONS', '*');
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('refuses a header that comes twice', async () => {
    const data = app.as(ada)['x-amzn-oidc-data'] ?? '';
    expect((await ask('GET', '/api/me', { ...app.as(ada), 'x-amzn-oidc-data': [data, data] })).statusCode).toBe(401);
  });
});
