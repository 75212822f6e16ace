import { AdminDisableUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, it } from '@jest/globals';
import { sdk, startApi, UserPoolId } from '../testdata/api.ts';
import { ada, authorizeQuery, bob, codeOf } from '../testdata/running-pool.ts';

const query = authorizeQuery();

it('the login page offers to go on as whoever is signed in, or as somebody else', async () => {
  const running = await startApi();
  const browser = running.browser();
  await browser.signIn(query, ada.username, ada.password);
  const session = browser.cookies.get('cognito');
  const page = await browser.get(`/login?${query}`);
  expect(page.body).toContain('Sign in as ada@example.com');
  const onward = await browser.submit(page, { signInAs: 'true' });
  expect(codeOf(onward)).not.toBe('');
  expect(browser.cookies.get('cognito')).toBe(session);
  const other = await browser.submit(page, { ...bob });
  expect(codeOf(other)).not.toBe('');
  expect(browser.cookies.get('cognito')).not.toBe(session);
  expect((await browser.get(`/login?${query}`)).body).toContain('Sign in as bob@example.com');
});

it('going on as somebody needs a session, and the form of the page', async () => {
  const running = await startApi();
  const browser = running.browser();
  const page = await browser.get(`/login?${query}`);
  expect(page.body).not.toContain('signInAs');
  expect((await browser.submit(page, { signInAs: 'true' })).headers.location).toMatch(/^\/login\?/);
  await browser.signIn(query, ada.username, ada.password);
  expect((await browser.post(`/login?${query}`, { signInAs: 'true' })).status).toBe(403);
});

it('a session is over for somebody who has been disabled', async () => {
  const running = await startApi();
  const browser = running.browser();
  await browser.signIn(query, ada.username, ada.password);
  await sdk(running).send(new AdminDisableUserCommand({ UserPoolId, Username: 'ada' }));
  expect((await browser.get(`/oauth2/authorize?${query}`)).headers.location).toMatch(/^\/login\?/);
  expect((await browser.get(`/login?${query}`)).body).not.toContain('Sign in as');
  expect((await browser.signIn(query, ada.username, ada.password)).body).toContain('User is disabled.');
});

it('a name is locked after five wrong passwords', async () => {
  const running = await startApi();
  const browser = running.browser();
  for (let tries = 0; tries < 5; tries++) await browser.signIn(query, ada.username, 'wrong');
  expect((await browser.signIn(query, ada.username, ada.password)).body).toContain('Password attempts exceeded');
  running.ahead = 2;
  expect(codeOf(await browser.signIn(query, ada.username, ada.password))).not.toBe('');
});

it('sessions, codes and refresh tokens outlive a restart', async () => {
  const running = await startApi();
  const browser = running.browser();
  const code = codeOf(await browser.signIn(query, ada.username, ada.password));
  const tokens = await running.tokens(bob);
  await running.restart();
  expect((await running.redeem(code)).status).toBe(200);
  expect((await running.redeem(code)).status).toBe(400);
  expect((await running.refresh(tokens.refresh_token)).status).toBe(200);
  expect((await running.userInfo(tokens.access_token)).status).toBe(200);
  const again = running.browser();
  again.cookies.set('cognito', browser.cookies.get('cognito') ?? '');
  expect(codeOf(await again.get(`/oauth2/authorize?${query}`))).not.toBe('');
});

it('the inbox opens with its key alone', async () => {
  const running = await startApi();
  const browser = running.browser();
  const { pathname, search } = new URL(running.pool.inboxUrl);
  expect((await browser.get(`${pathname}${search}`)).body).toContain('Nothing yet.');
  const page = await browser.submit(await browser.get(`/forgotPassword?${query}`), { username: 'ada' });
  expect(page.status).toBe(302);
  const inbox = await browser.get(`${pathname}${search}`);
  expect(inbox.body).toMatch(/Your password reset code is \d{6}/);
  for (const wrong of ['', '?key=', `?key=${'A'.repeat(32)}`, `${search}x`]) {
    const refused = await browser.get(`${pathname}${wrong}`);
    expect([refused.status, /\d{6}/.test(refused.body)]).toEqual([403, false]);
  }
});
