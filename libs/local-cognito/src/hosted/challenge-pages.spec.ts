import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { mailedCode, sdk, startApi, UserPoolId } from '../testdata/api.ts';
import { ada, authorizeQuery, codeOf, type RunningPool } from '../testdata/running-pool.ts';

const query = authorizeQuery();
const password = 'a password of mine';
const temporary = 'a temporary password';

async function invite(running: RunningPool, Username: string): Promise<void> {
  const UserAttributes = [
    { Name: 'email', Value: `${Username}@example.com` },
    { Name: 'email_verified', Value: 'true' },
  ];
  await sdk(running).send(
    new AdminCreateUserCommand({ UserPoolId, Username, TemporaryPassword: temporary, UserAttributes }),
  );
}

async function totp(running: RunningPool, secret: string): Promise<string> {
  return generate({ secret, epoch: Math.floor(Date.now() / 1000) + running.ahead });
}

describe('a temporary password', () => {
  it('has to be replaced before the application is reached', async () => {
    const running = await startApi({
      schema: [{ name: 'family_name', attribute_data_type: 'String', required: true, mutable: true }],
    });
    await invite(running, 'grace');
    const browser = running.browser();
    const challenged = await browser.signIn(query, 'grace', temporary);
    expect(challenged.headers.location).toBe(`/changePassword?${query}`);
    expect(browser.cookies.has('cognito')).toBe(false);
    expect((await browser.get(`/oauth2/authorize?${query}`)).headers.location).toMatch(/^\/login\?/);
    const page = await browser.follow(challenged);
    expect(page.body).toContain('Family name');
    const given = { confirmPassword: password, 'attribute:family_name': 'Hopper' };
    expect((await browser.submit(page, { ...given, password: 'other' })).body).toContain('passwords differ');
    expect((await browser.submit(page, { password: 'x', confirmPassword: 'x' })).body).toContain('not long enough');
    const missing = await browser.submit(page, { ...given, password, 'attribute:family_name': '' });
    expect(missing.body).toContain('family_name is missing');
    const done = await browser.submit(missing, { ...given, password });
    expect(codeOf(done)).not.toBe('');
    expect(browser.cookies.has('cognito-step')).toBe(false);
    // The step is over, for the old cookie too.
    expect((await running.browser().signIn(query, 'grace', temporary)).status).toBe(403);
    expect(codeOf(await running.browser().signIn(query, 'grace', password))).not.toBe('');
  });

  it('leads nowhere once its owner is disabled', async () => {
    const running = await startApi();
    await invite(running, 'eve');
    const browser = running.browser();
    const page = await browser.follow(await browser.signIn(query, 'eve', temporary));
    await sdk(running).send(new AdminDisableUserCommand({ UserPoolId, Username: 'eve' }));
    const answer = await browser.submit(page, { password, confirmPassword: password });
    expect(codeOf(answer)).toBe('');
    expect(browser.cookies.has('cognito')).toBe(false);
  });

  it('that an administrator took back leads to a code', async () => {
    const running = await startApi();
    await sdk(running).send(new AdminResetUserPasswordCommand({ UserPoolId, Username: 'ada' }));
    const browser = running.browser();
    const page = await browser.follow(await browser.signIn(query, 'ada', ada.password));
    const done = await browser.submit(page, { code: mailedCode(running), password, confirmPassword: password });
    expect(done.headers.location).toMatch(/^\/login\?/);
    expect(codeOf(await browser.signIn(query, 'ada', password))).not.toBe('');
  });
});

describe('a pool that demands a second factor', () => {
  it('sets an authenticator app up at the first sign-in, and asks for it at the next', async () => {
    const running = await startApi({ mfa_configuration: 'ON' });
    const browser = running.browser();
    const setup = await browser.follow(await browser.signIn(query, 'ada', ada.password));
    const secret = /<code>([A-Z2-7]{32})<\/code>/.exec(setup.body)?.[1] ?? '';
    expect(setup.body).toContain('otpauth://totp/');
    expect((await browser.get(`/mfaSetup?${query}`)).body).toContain(secret);
    expect((await browser.submit(setup, { code: '000000' })).status).toBe(403);
    expect(codeOf(await browser.submit(setup, { code: await totp(running, secret) }))).not.toBe('');

    const second = running.browser();
    const challenged = await second.signIn(query, 'ada', ada.password);
    expect(challenged.headers.location).toBe(`/mfa?${query}`);
    expect(second.cookies.has('cognito')).toBe(false);
    const page = await second.follow(challenged);
    expect((await second.submit(page, { code: '000000' })).body).toContain('Invalid code');
    expect((await second.submit(page, { code: await totp(running, secret) })).body).toContain('already been used');
    // Nobody sets up another with the password alone.
    expect((await second.get(`/mfaSetup?${query}`)).headers.location).toMatch(/^\/login\?/);
    running.ahead = 60;
    expect(codeOf(await second.submit(page, { code: await totp(running, secret) }))).not.toBe('');
    expect(JSON.stringify(running.log)).not.toContain(secret);
  });

  it('has an end for the step between', async () => {
    const running = await startApi({ mfa_configuration: 'ON' });
    const browser = running.browser();
    const challenged = await browser.signIn(query, 'ada', ada.password);
    running.ahead = 181;
    expect((await browser.follow(challenged)).headers.location).toMatch(/^\/login\?/);
  });
});

it.each(['/changePassword', '/mfa', '/mfaSetup'])('%s is for those alone who showed a password', async (path) => {
  const running = await startApi({ mfa_configuration: 'ON' });
  const browser = running.browser();
  browser.cookies.set('cognito-step', 'A'.repeat(43));
  expect((await browser.get(`${path}?${query}`)).headers.location).toMatch(/^\/login\?/);
  expect((await browser.post(`${path}?${query}`, { code: '1' })).status).toBe(403);
});
