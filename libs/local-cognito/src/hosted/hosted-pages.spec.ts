import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { formAction, hiddenToken } from '../testdata/browser.ts';
import { readUserPool } from '../settings/read-user-pool.ts';
import { ada, authorizeQuery, bob, callback, codeOf, payloadOf, RunningPool } from '../testdata/running-pool.ts';
import { cognitoStackJson } from '../testdata/stack.ts';

/** The hosted pages, over HTTPS, as a browser meets them. */
describe('signing in', () => {
  let running: RunningPool;
  beforeAll(async () => {
    running = await RunningPool.start();
  });
  afterAll(() => running.close());
  beforeEach(() => {
    running.ahead = 0;
    running.log.length = 0;
  });

  it('goes from authorize to login, and from there straight to the callback', async () => {
    const browser = running.browser();
    const authorize = await browser.get(`/oauth2/authorize?${authorizeQuery()}`);
    expect(authorize.status).toBe(302);
    expect(authorize.headers.location).toBe(`/login?${authorizeQuery()}`);
    expect(authorize.headers['set-cookie']).toBeUndefined();

    const page = await browser.get(authorize.headers.location ?? '');
    expect(page.status).toBe(200);
    expect(page.headers['set-cookie']).toEqual([
      expect.stringMatching(/^XSRF-TOKEN=[0-9a-f-]{36}; Path=\/; Secure; HttpOnly; SameSite=Lax$/),
    ]);

    const answer = await browser.post(formAction(page.body), { _csrf: hiddenToken(page.body), ...ada });
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toMatch(
      /^https:\/\/app\.localhost:8443\/oauth2\/idpresponse\?code=[0-9a-f-]{36}&state=c3RhdGU%3D$/,
    );
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^cognito=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600$/),
    ]);
  });

  it.each(['%2Bab%2Fcd%3D%3D', 'plain', 'a+b', '', '%00', '%F0%9F%8F%B0', '%22%3E%3Cscript%3E'])(
    'echoes state %p as it came, through the login page',
    async (state) => {
      const answer = await running.browser().signIn(authorizeQuery({ state }), ada.username, ada.password);
      expect(answer.headers.location?.split('&state=')[1]).toBe(state);
    },
  );

  it('sends no state when none came, and no iss', async () => {
    const answer = await running.browser().signIn(authorizeQuery({ state: undefined }), ada.username, ada.password);
    expect(answer.headers.location).toMatch(/\?code=[0-9a-f-]{36}$/);
  });

  it.each([
    ['a wrong password', ada.username, 'wrong'],
    ['an unknown user', 'nobody', ada.password],
    ['no password', ada.username, ''],
    ['another user’s password', ada.username, bob.password],
  ])('refuses %s with the same words', async (_, username, password) => {
    const browser = running.browser();
    const answer = await browser.signIn(authorizeQuery(), username, password);
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('Incorrect username or password.');
    expect(answer.body).toContain(`value="${username}"`);
    expect(answer.body.replace(username, '').replace(hiddenToken(answer.body), '')).toBe(
      (await wrongPassword()).replace('someone', ''),
    );
    expect(browser.cookies.has('cognito')).toBe(false);
    expect(answer.headers.location).toBeUndefined();
  });

  async function wrongPassword(): Promise<string> {
    const { body } = await running.browser().signIn(authorizeQuery(), 'someone', 'x');
    return body.replace(hiddenToken(body), '');
  }

  it('can be tried again from the page that says so', async () => {
    const browser = running.browser();
    const refused = await browser.signIn(authorizeQuery(), ada.username, 'wrong');
    const again = await browser.post(formAction(refused.body), { _csrf: hiddenToken(refused.body), ...ada });
    expect(codeOf(again)).not.toBe('');
  });

  it('refuses a form that the login page did not send', async () => {
    const login = `/login?${authorizeQuery()}`;
    const browser = running.browser();
    const token = hiddenToken((await browser.get(login)).body);

    const missing = await browser.post(login, ada);
    const wrong = await browser.post(login, { _csrf: token.replace(/^./, 'x'), ...ada });
    const foreign = await browser.post(login, { _csrf: token, ...ada }, { origin: 'https://evil.example' });
    const withoutCookie = await running.browser().post(login, { _csrf: token, ...ada });
    for (const answer of [missing, wrong, foreign, withoutCookie]) {
      expect(answer.status).toBe(403);
      expect(answer.headers.location).toBeUndefined();
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
    expect(codeOf(await browser.post(login, { _csrf: token, ...ada }))).not.toBe('');
  });

  it('needs no password for an hour, and one again after that', async () => {
    const browser = running.browser();
    const first = codeOf(await browser.signIn(authorizeQuery(), ada.username, ada.password));
    running.ahead = 3500;
    const silent = await browser.get(`/oauth2/authorize?${authorizeQuery({ state: 'two' })}`);
    expect(silent.headers.location).toMatch(/^https:\/\/app\.localhost:8443.*&state=two$/);
    expect(codeOf(silent)).not.toBe(first);
    expect(silent.headers['set-cookie']).toBeUndefined();
    running.ahead = 3601;
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery()}`)).headers.location).toMatch(/^\/login\?/);
  });

  it('takes no session that it did not start', async () => {
    const browser = running.browser();
    browser.cookies.set('cognito', 'A'.repeat(43));
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery()}`)).headers.location).toMatch(/^\/login\?/);
    await browser.signIn(authorizeQuery(), ada.username, ada.password);
    expect(browser.cookies.get('cognito')).not.toBe('A'.repeat(43));
  });

  it('ends with logout, for the old cookie too', async () => {
    const browser = running.browser();
    await browser.signIn(authorizeQuery(), ada.username, ada.password);
    const old = browser.cookies.get('cognito') ?? '';
    const target = 'https://app.localhost:8443/logged-out';
    const answer = await browser.get(`/logout?client_id=albclient&logout_uri=${encodeURIComponent(target)}`);
    expect([answer.status, answer.headers.location]).toEqual([302, target]);
    expect(answer.headers['set-cookie']).toEqual(['cognito=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0']);

    browser.cookies.set('cognito', old);
    expect((await browser.get(`/oauth2/authorize?${authorizeQuery()}`)).headers.location).toMatch(/^\/login\?/);
  });

  it('logs out to the login page when asked with a callback', async () => {
    const browser = running.browser();
    await browser.signIn(authorizeQuery(), ada.username, ada.password);
    const answer = await browser.get(`/logout?${authorizeQuery()}`);
    expect(answer.headers.location).toBe(`/login?${authorizeQuery()}`);
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('keeps the session when the sign-out URL is not allowed', async () => {
    const browser = running.browser();
    await browser.signIn(authorizeQuery(), ada.username, ada.password);
    const answer = await browser.get('/logout?client_id=albclient&logout_uri=https%3A%2F%2Fevil.example%2F');
    expect(answer.headers.location).toBe('/error?error=logout_mismatch&client_id=albclient');
    expect((await browser.get(answer.headers.location ?? '')).status).toBe(400);
    expect(browser.cookies.has('cognito')).toBe(true);
    expect(codeOf(await browser.get(`/oauth2/authorize?${authorizeQuery()}`))).not.toBe('');
  });

  it.each(['/oauth2/authorize', '/login'])('keeps a browser with a wrong callback here: %s', async (path) => {
    const browser = running.browser();
    const answer = await browser.get(`${path}?${authorizeQuery({ redirect_uri: 'https%3A%2F%2Fevil.example%2F' })}`);
    expect(answer.headers.location).toBe('/error?error=redirect_mismatch&client_id=albclient');
    const page = await browser.get(answer.headers.location ?? '');
    expect(page.status).toBe(400);
    expect(page.body).toContain('An error was encountered with the requested page.');
    expect(running.log).toContainEqual({
      level: 'warn',
      event: 'authorization_refused',
      message: `redirect_uri "https://evil.example/" is not exactly one of ["${callback}"]`,
    });
  });

  it('sends an error that the application may know to its callback', async () => {
    const answer = await running.browser().get(`/oauth2/authorize?${authorizeQuery({ scope: 'root' })}`);
    expect(answer.headers.location).toBe(`${callback}?error=invalid_scope&state=c3RhdGU%3D`);
  });
});

describe('a pool where people sign in by e-mail address', () => {
  it('asks for the address, and takes nothing else', async () => {
    const settings = readUserPool(cognitoStackJson({ pool: { username_attributes: ['email'] } }));
    const running = await RunningPool.start(settings);
    try {
      const page = await running.browser().get(`/login?${authorizeQuery()}`);
      expect(page.body).toContain('<label for="signInFormUsername">Email</label>');
      expect(page.body).toContain('inputmode="email"');
      expect((await running.browser().signIn(authorizeQuery(), ada.username, ada.password)).status).toBe(403);

      const { access_token } = await running.tokens({ ...ada, username: 'Ada@example.com' });
      const { sub, username } = payloadOf(access_token);
      expect(username).toBe(sub);
      expect(JSON.parse((await running.userInfo(access_token)).body)).toMatchObject({ sub, username: sub });
    } finally {
      await running.close();
    }
  });
});

describe('hostile input', () => {
  const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
  let running: RunningPool;
  beforeAll(async () => {
    running = await RunningPool.start();
  });
  afterAll(() => running.close());

  it('is shown as text: username, state, client_id, error', async () => {
    const raw = encodeURIComponent(hostile);
    const browser = running.browser();
    const bodies = [
      (await browser.get(`/login?${authorizeQuery({ state: raw, nonce: raw })}`)).body,
      (await browser.get(`/login?${authorizeQuery({ state: hostile.replaceAll(' ', '+') })}`)).body,
      (await browser.signIn(authorizeQuery({ state: raw }), hostile, 'x')).body,
      (await browser.get(`/error?error=${raw}&client_id=${raw}`)).body,
      (await browser.get(`/error?error=redirect_mismatch&client_id=${raw}`)).body,
      (await browser.get(`/${raw}`)).body,
    ];
    for (const body of bodies) {
      expect(body).toContain('</html>');
      expect(body).not.toMatch(/<script|<img/i);
    }
  });

  it('is met by a policy without scripts, that lets the form lead to the application', async () => {
    const { headers } = await running.browser().get(`/login?${authorizeQuery()}`);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' https://app.localhost:8443; " +
        "frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('cannot put a header into a redirect', async () => {
    const browser = running.browser();
    const query = authorizeQuery({ state: 'x%0d%0aSet-Cookie:%20a=b' });
    const answer = await browser.signIn(query, ada.username, ada.password);
    expect(answer.headers.location).toMatch(/&state=x%0d%0aSet-Cookie:%20a=b$/);
    expect(answer.headers['set-cookie']?.length).toBe(1);
  });

  it('leaves no password, code, token or secret in the log', async () => {
    const tokens = await running.tokens();
    await running.browser().signIn(authorizeQuery(), ada.username, 'canary-password');
    await running.token({ grant_type: 'refresh_token', refresh_token: 'canary-refresh' }, 'canary-secret');
    await running.userInfo('canary-access');
    const log = JSON.stringify(running.log);
    expect(log).toContain('signed_in');
    expect(log).toContain('token_refused');
    const { access_token, id_token, refresh_token } = tokens;
    for (const secret of [
      access_token,
      id_token,
      refresh_token,
      ada.password,
      running.pool.clientSecret('albclient'),
      'canary',
    ]) {
      expect(log).not.toContain(secret);
    }
  });
});
