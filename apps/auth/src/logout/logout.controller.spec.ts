import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ada, browser, grace, RunningApp, settings } from '../testdata/running-app.ts';

let app: RunningApp;
// One for each test: two sign-ins of a user within a second are one and the same to the application.
beforeEach(async () => {
  app = await RunningApp.start();
});
afterEach(() => app.nest.close());

const sameOrigin = { ...browser, origin: settings.publicUrl, 'content-type': 'application/x-www-form-urlencoded' };

describe('POST /logout', () => {
  it('expires all four cookies and sends the browser to the logout of Cognito', async () => {
    const { status, headers, body } = await app.request('POST', '/logout', { ...sameOrigin, ...app.as(ada) });
    expect(status).toBe(303);
    expect(headers['location']).toBe(
      'https://gatehouse.auth.eu-central-1.amazoncognito.com/logout' +
        '?client_id=1example23456789&logout_uri=https%3A%2F%2Fapp.example.com%2Flogged-out',
    );
    expect(headers['set-cookie']).toEqual(
      [0, 1, 2, 3].map(
        (shard) =>
          `AWSELBAuthSessionCookie-${shard}=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly`,
      ),
    );
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toBe('');
  });

  it('refuses a copy of the session from then on, and no other session', async () => {
    const session = app.as(ada);
    const other = app.as(grace);
    expect((await app.get('/api/me', session)).status).toBe(200);
    await app.request('POST', '/logout', { ...sameOrigin, ...session });
    const { status, body } = await app.get('/api/me', session);
    expect([status, JSON.parse(body)]).toEqual([401, { code: 'SESSION_ENDED', statusCode: 401 }]);
    expect((await app.get('/api/me', other)).status).toBe(200);
    expect((await app.request('POST', '/logout', { ...sameOrigin, ...session })).status).toBe(303);
  });

  it('ends nothing for a form of another origin', async () => {
    const session = app.as(grace);
    await app.request('POST', '/logout', { ...session, origin: 'https://evil.example' });
    expect((await app.get('/api/me', session)).status).toBe(200);
  });

  it('is open to somebody whose credentials are refused: this is their way out', async () => {
    const { status } = await app.request('POST', '/logout', { ...sameOrigin, 'x-amzn-oidc-data': 'rubbish' });
    expect(status).toBe(303);
  });

  it('takes Sec-Fetch-Site where there is no Origin', async () => {
    expect((await app.request('POST', '/logout', { 'sec-fetch-site': 'same-origin' })).status).toBe(303);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['no origin', {}],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a page of the same site', { 'sec-fetch-site': 'same-site' }],
    ['a contradiction', { origin: settings.publicUrl, 'sec-fetch-site': 'cross-site' }],
  ])('refuses %s, and touches no cookie', async (_, headers) => {
    const { status, headers: answered, body } = await app.request('POST', '/logout', { ...headers, ...app.as(ada) });
    expect(status).toBe(403);
    expect(answered['set-cookie']).toBeUndefined();
    expect(answered['location']).toBeUndefined();
    expect(JSON.parse(body)).toEqual({ code: 'ORIGIN_REFUSED', statusCode: 403 });
  });

  it('takes no destination from the request', async () => {
    const url = '/logout?logout_uri=https://evil.example&client_id=x';
    const { headers } = await app.request('POST', url, { ...sameOrigin, host: 'evil.example' });
    expect(headers['location']).not.toContain('evil');
  });
});

describe('GET /logout', () => {
  it('asks, and signs nobody out', async () => {
    const { status, headers, body } = await app.get('/logout', { ...browser, ...app.as(ada) });
    expect(status).toBe(200);
    expect(headers['set-cookie']).toBeUndefined();
    expect(body).toContain('<form method="post" action="/logout">');
  });
});

describe('GET /logged-out', () => {
  it('knows nobody, and offers to sign in again', async () => {
    const { status, body } = await app.get('/logged-out', { ...browser, ...app.as(ada) });
    expect(status).toBe(200);
    expect(body).toContain('You are signed out');
    expect(body).toMatch(/<a class="button primary" href="\/">Sign in again<\/a>/);
    expect(body).not.toContain('Ada');
  });
});
