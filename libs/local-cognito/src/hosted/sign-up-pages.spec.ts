import { beforeAll, describe, expect, it } from '@jest/globals';
import { mailedCode, startApi } from '../testdata/api.ts';
import { type Answer, type Browser } from '../testdata/browser.ts';
import { authorizeQuery, codeOf, type RunningPool } from '../testdata/running-pool.ts';

let running: RunningPool;
beforeAll(async () => {
  running = await startApi();
});

const password = 'a password of mine';
const signUpPath = `/signup?${authorizeQuery()}`;

async function signUp(browser: Browser, username: string, changes: Record<string, string> = {}): Promise<Answer> {
  const page = await browser.get(signUpPath);
  const email = `${username}@example.com`;
  return browser.submit(page, { username, email, name: '', password, confirmPassword: password, ...changes });
}

describe('signing up at the pages', () => {
  it('goes from the login page, by a mailed code, to the application', async () => {
    const browser = running.browser();
    const login = await browser.get(`/login?${authorizeQuery()}`);
    expect(login.body).toContain('href="/signup?');
    const confirmPage = await browser.follow(await signUp(browser, 'ivy'));
    expect(confirmPage.body).toContain('Confirm your account');
    const wrong = await browser.submit(confirmPage, { code: 'x' });
    expect([wrong.status, wrong.body.includes('role="alert"')]).toEqual([400, true]);
    const confirmed = await browser.submit(wrong, { code: mailedCode(running) });
    expect(confirmed.headers.location).toBe(`/login?${authorizeQuery()}`);
    expect(codeOf(await browser.signIn(authorizeQuery(), 'ivy', password))).not.toBe('');
  });

  it('comes back to the code with the next sign-in, and mails another', async () => {
    await signUp(running.browser(), 'jack');
    const first = mailedCode(running);
    const browser = running.browser();
    const page = await browser.follow(await browser.signIn(authorizeQuery(), 'jack', password));
    const resent = await browser.submit(page, {}, '/resendcode');
    expect(resent.body).toContain('role="status"');
    expect(running.mails.at(-1)?.to).toBe('jack@example.com');
    if (mailedCode(running) !== first) expect((await browser.submit(resent, { code: first })).status).toBe(400);
    expect((await browser.submit(resent, { code: mailedCode(running) })).status).toBe(302);
  });

  it.each([
    ['another password the second time', { confirmPassword: 'other' }, 'The two passwords differ.'],
    ['a weak password', { password: 'x', confirmPassword: 'x' }, 'Password not long enough'],
    ['a name that is taken', { username: 'ada' }, 'User already exists'],
    ['an address that is none', { email: 'nobody' }, 'Invalid email address format.'],
  ])('refuses %s, and keeps what was typed', async (_, changes, message) => {
    const answer = await signUp(running.browser(), 'kim', changes);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain(message);
    expect(answer.body).toContain(`value="${'email' in changes ? 'nobody' : 'kim@example.com'}"`);
    expect(answer.body).not.toContain(`value="${password}"`);
  });

  it.each(['/signup', '/confirm', '/resendcode'])('takes no form of another page at %s', async (path) => {
    const answer = await running.browser().post(`${path}?${authorizeQuery()}`, { username: 'eve' });
    expect(answer.status).toBe(403);
  });

  it('has no page for a code that nobody asked for', async () => {
    const answer = await running.browser().get(`/confirm?${authorizeQuery()}`);
    expect(answer.headers.location).toMatch(/^\/login\?/);
  });
});

it('a pool that takes nobody says so, and links nowhere', async () => {
  const closed = await startApi({ admin_create_user_config: { allow_admin_create_user_only: true } });
  const browser = closed.browser();
  const login = await browser.get(`/login?${authorizeQuery()}`);
  expect(login.body).not.toContain('/signup');
  expect((await browser.get(signUpPath)).status).toBe(403);
  const direct = await browser.post(signUpPath, {
    _csrf: browser.cookies.get('XSRF-TOKEN') ?? '',
    username: 'eve',
    email: 'eve@example.com',
    password,
    confirmPassword: password,
  });
  expect(direct.status).toBe(403);
  expect(closed.mails).toEqual([]);
});

it('a pool where people sign in by address asks for no other name', async () => {
  const byAddress = await startApi({ username_attributes: ['email'] });
  const browser = byAddress.browser();
  const page = await browser.get(signUpPath);
  expect(page.body).not.toContain('name="username"');
  const confirmPage = await browser.follow(
    await browser.submit(page, { email: 'Kim@example.com', password, confirmPassword: password }),
  );
  await browser.submit(confirmPage, { code: mailedCode(byAddress) });
  expect(codeOf(await browser.signIn(authorizeQuery(), 'kim@example.com', password))).not.toBe('');
});
