import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BrowserContext, type Page } from 'playwright-core';

import { ask } from './ask.ts';
import { enter, newVisitor, signIn, signOut, takePictures } from './browser.ts';
import { Stage } from './stage.ts';
import { demoUser } from './users.ts';

let stage: Stage;
let visitor: BrowserContext;
let page: Page;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());
beforeEach(async () => {
  ({ visitor, page } = await stage.visit());
});
afterEach(() => visitor.close());

const sessionCookies = async (): Promise<readonly string[]> =>
  (await visitor.cookies(stage.url)).map(({ name }) => name).filter((name) => name.startsWith('AWSELBAuthSession'));

describe('an anonymous visit', () => {
  it('is sent to the login page of the user pool', async () => {
    await page.goto(`${stage.url}/`);
    const login = new URL(page.url());
    expect(login.hostname).toBe('gatehouse-local.auth.localhost');
    expect(login.pathname).toBe('/login');
    expect(login.searchParams.get('redirect_uri')).toBe(`${stage.url}/oauth2/idpresponse`);
    await takePictures(page, 'login');
  });

  it('over HTTP is redirected to HTTPS', async () => {
    const response = await ask(`http://app.localhost:${stage.copy.httpPort}/somewhere?a=b`);
    expect(response.status).toBe(301);
    expect(response.headers.location).toBe(`${stage.url}/somewhere?a=b`);
  });

  it('sees the public page without a login, and no other', async () => {
    await page.goto(`${stage.url}/logged-out`);
    expect(new URL(page.url()).pathname).toBe('/logged-out');
    for (const path of ['/', '/api/me', '/admin', '/logged-out/', '/Logged-Out', '/health/ready', '/nowhere']) {
      const { status } = await ask(`${stage.url}${path}`);
      expect([path, status]).toEqual([path, 302]);
    }
  });
});

describe('signing in', () => {
  it('with a wrong password is refused', async () => {
    await page.goto(`${stage.url}/`);
    await signIn(page, { email: 'alice@example.com', password: 'wrong' });
    await page.getByText('Incorrect username or password.').waitFor();
    await takePictures(page, 'login-refused');
    expect(await sessionCookies()).toEqual([]);
  });

  it('answers an unknown user as it answers a wrong password', async () => {
    await page.goto(`${stage.url}/`);
    await signIn(page, { email: 'nobody@example.com', password: 'wrong' });
    await page.getByText('Incorrect username or password.').waitFor();
  });

  it('lands on the page first asked for', async () => {
    await enter(page, `${stage.url}/admin?tab=2`, await demoUser('alice'));
    await takePictures(page, 'admin');
  });

  it('shows who is signed in and their groups', async () => {
    await enter(page, `${stage.url}/`, await demoUser('alice'));
    const text = await page.getByRole('main').innerText();
    expect(text).toContain('Alice Example');
    expect(text).toContain('admins');
    await takePictures(page, 'home');
  });

  it('gives cookies that scripts cannot read and that travel over TLS alone', async () => {
    await enter(page, `${stage.url}/`, await demoUser('alice'));
    const cookies = (await visitor.cookies(stage.url)).filter(({ name }) => name.startsWith('AWSELBAuthSession'));
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, secure: true, path: '/' });
    expect(await page.evaluate(() => document.cookie)).toBe('');
  });
});

describe('the pages', () => {
  it('of administrators refuse a user and admit an administrator', async () => {
    await enter(page, `${stage.url}/`, await demoUser('bob'));
    const refused = await page.goto(`${stage.url}/admin`);
    expect(refused?.status()).toBe(403);
    await takePictures(page, 'admin-refused');

    const other = await newVisitor(stage.browser);
    const admin = await other.newPage();
    await admin.goto(`${stage.url}/admin`);
    await signIn(admin, await demoUser('alice'));
    await admin.waitForURL(`${stage.url}/admin`);
    expect((await admin.reload())?.status()).toBe(200);
    await other.close();
  });

  it('answer JSON at /api/me', async () => {
    await enter(page, `${stage.url}/`, await demoUser('bob'));
    const { headers, body } = await ask(`${stage.url}/api/me`, { as: visitor });
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(body)).toMatchObject({ email: 'bob@example.com', groups: ['users'] });
  });

  it('run no script and break no policy of their own', async () => {
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await enter(page, `${stage.url}/`, await demoUser('alice'));
    await signOut(page);
    expect(complaints).toEqual([]);
  });
});

describe('signing out', () => {
  it('ends the session: the next page, the back button, the old cookie and the login of the user pool', async () => {
    await enter(page, `${stage.url}/`, await demoUser('alice'));
    const cookie = (await visitor.cookies(stage.url)).map(({ name, value }) => `${name}=${value}`).join('; ');

    await signOut(page);
    await takePictures(page, 'logged-out');
    expect(await sessionCookies()).toEqual([]);

    await page.goBack();
    expect(new URL(page.url()).pathname).toBe('/login');
    await page.goto(`${stage.url}/`);
    expect(new URL(page.url()).pathname).toBe('/login');

    const replayed = await ask(`${stage.url}/api/me`, { headers: { cookie } });
    expect(replayed.status).toBe(401);
    expect(replayed.body).not.toContain('alice');
  });

  it('does not keep anybody from signing in again', async () => {
    await enter(page, `${stage.url}/`, await demoUser('alice'));
    await signOut(page);
    await page.getByRole('link', { name: /sign in/i }).click();
    await signIn(page, await demoUser('bob'));
    await page.waitForURL(`${stage.url}/`);
    expect(await page.getByRole('main').innerText()).toContain('Bob Example');
  });

  it('is not done for a form of another site', async () => {
    await enter(page, `${stage.url}/`, await demoUser('alice'));
    const headers = { origin: 'https://evil.example' };
    expect((await ask(`${stage.url}/logout`, { method: 'POST', headers, as: visitor })).status).toBe(403);
    expect((await ask(`${stage.url}/api/me`, { as: visitor })).status).toBe(200);
  });
});

describe('forged identity headers', () => {
  const segment = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 60;
  const forged = {
    'x-amzn-oidc-data': `${segment({ typ: 'JWT', alg: 'none', exp })}.${segment({ sub: 'alice', exp })}.`,
    'x-amzn-oidc-identity': 'alice',
    'x-amzn-oidc-accesstoken': 'forged',
  };

  it('are refused when they are sent straight to the application', async () => {
    for (const path of ['/', '/api/me', '/admin']) {
      const { status } = await ask(`${stage.served.applicationUrl()}${path}`, { headers: forged });
      expect([path, status]).toEqual([path, 401]);
    }
  });

  it('do not pass the load balancer', async () => {
    expect((await ask(`${stage.url}/api/me`, { headers: forged })).status).toBe(302);
  });
});
