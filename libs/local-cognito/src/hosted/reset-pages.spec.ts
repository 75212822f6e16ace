import { beforeAll, expect, it } from '@jest/globals';
import { mailedCode, startApi } from '../testdata/api.ts';
import { hiddenToken } from '../testdata/browser.ts';
import { ada, authorizeQuery, codeOf, type RunningPool } from '../testdata/running-pool.ts';

let running: RunningPool;
beforeAll(async () => {
  running = await startApi();
});

const password = 'a new password of mine';
const forgotPath = `/forgotPassword?${authorizeQuery()}`;

it('a forgotten password is replaced by a mailed code', async () => {
  const browser = running.browser();
  expect((await browser.get(`/login?${authorizeQuery()}`)).body).toContain('href="/forgotPassword?');
  const page = await browser.follow(await browser.submit(await browser.get(forgotPath), { username: 'ada' }));
  const code = mailedCode(running);
  const differing = await browser.submit(page, { code, password, confirmPassword: 'other' });
  expect(differing.body).toContain('The two passwords differ.');
  const wrong = await browser.submit(page, { code: 'x', password, confirmPassword: password });
  expect(wrong.body).toContain('Invalid verification code provided');
  const done = await browser.submit(wrong, { code, password, confirmPassword: password });
  expect(done.headers.location).toBe(`/login?${authorizeQuery()}`);
  expect((await running.browser().signIn(authorizeQuery(), 'ada', ada.password)).status).toBe(403);
  expect(codeOf(await browser.signIn(authorizeQuery(), 'ada', password))).not.toBe('');
});

it('the pages are the same for somebody who is not there', async () => {
  const seen: string[][] = [];
  for (const username of ['ada', 'nobody']) {
    const browser = running.browser();
    const sent = await browser.submit(await browser.get(forgotPath), { username });
    const page = await browser.follow(sent);
    const tried = await browser.submit(page, { code: 'x', password, confirmPassword: password });
    seen.push(
      [sent, page, tried].map(({ status, headers, body }) =>
        [status, headers.location, body.replaceAll(hiddenToken(body) || '-', '')].join(),
      ),
    );
  }
  expect(seen[0]).toEqual(seen[1]);
});

it('asking again and again is answered alike, though mailed five times at most', async () => {
  const browser = running.browser();
  const before = running.mails.length;
  for (let round = 0; round < 8; round++) {
    const sent = await browser.submit(await browser.get(forgotPath), { username: 'ada' });
    expect(sent.headers.location).toMatch(/^\/confirmForgotPassword\?/);
  }
  expect(running.mails.length - before).toBeLessThanOrEqual(5);
});

it.each(['/forgotPassword', '/confirmForgotPassword'])('takes no form of another page at %s', async (path) => {
  const answer = await running.browser().post(`${path}?${authorizeQuery()}`, { username: 'ada' });
  expect(answer.status).toBe(403);
});

it('a new password needs a step before it', async () => {
  const answer = await running.browser().get(`/confirmForgotPassword?${authorizeQuery()}`);
  expect(answer.headers.location).toMatch(/^\/forgotPassword\?/);
});
