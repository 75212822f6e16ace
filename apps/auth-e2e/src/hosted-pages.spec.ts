import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { generate } from 'otplib';
import { type BrowserContext, type Page } from 'playwright-core';

import { obstacles } from './accessibility.ts';
import { signIn, takePictures } from './browser.ts';
import { Stage } from './stage.ts';

const erin = { email: 'erin@example.com', password: 'Erin-at-the-gate-1' };
const NEXT_PASSWORD = 'Erin-at-the-gate-2';

let stage: Stage;
let visitor: BrowserContext;
let page: Page;

beforeAll(async () => {
  stage = await Stage.open((copy) =>
    copy.edit('stacks/environments/local.ts', (source) =>
      source.replace('selfSignUp: false', 'selfSignUp: true').replace("mfa: 'OFF'", "mfa: 'ON'"),
    ),
  );
  ({ visitor, page } = await stage.visit());
});
afterAll(() => stage.close());

/** The page has this heading, nothing in the way of anybody, and fits a phone. */
async function expectPage(heading: string, picture: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  expect([heading, await obstacles(page)]).toEqual([heading, []]);
  await takePictures(page, picture);
  await page.setViewportSize({ width: 320, height: 640 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** The code that was mailed last, as the console shows it. */
async function mailedCode(text: string): Promise<string> {
  const line = new RegExp(`mail to ${erin.email}: .*${text} (\\d{6})$`, 'gm');
  await stage.served.printed(new RegExp(line.source, 'm'));
  return [...stage.served.output().matchAll(line)].at(-1)?.[1] ?? '';
}

it('lead somebody who has no account into the application, by keyboard, and let them in again', async () => {
  await page.goto(`${stage.url}/`);
  await page.getByRole('link', { name: 'Sign up' }).click();
  await expectPage('Sign up', 'pool-sign-up');
  await page.getByLabel('Email').fill(erin.email);
  await page.getByLabel(/^Name/).fill('Erin Example');
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByLabel('New password again').fill('short');
  await page.keyboard.press('Enter');
  await page.getByText('Password did not conform with policy').waitFor();
  await expectPage('Sign up', 'pool-sign-up-refused');
  await page.getByLabel('New password', { exact: true }).fill(erin.password);
  await page.getByLabel('New password again').fill(erin.password);
  await page.keyboard.press('Enter');

  await expectPage('Confirm your account', 'pool-confirm');
  await page.getByLabel('Verification code').fill(await mailedCode('confirmation code is'));
  await page.keyboard.press('Enter');
  await page.getByLabel('Password', { exact: true }).waitFor();
  await signIn(page, erin);

  await expectPage('Set up your authenticator app', 'pool-mfa-setup');
  const secret = (await page.locator('dd').first().innerText()).replaceAll(/\s/g, '');
  const code = (later: number): Promise<string> => generate({ secret, epoch: Math.floor(Date.now() / 1000) + later });
  await page.getByLabel('Code').fill(await code(0));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${stage.url}/`);
  expect(await page.getByRole('main').innerText()).toContain('Erin Example');

  // The hosted login knows the browser, whatever the application does.
  const login = page.waitForRequest((request) => request.url().includes('/oauth2/authorize'));
  await visitor.clearCookies({ name: /^AWSELB/ });
  await page.goto(`${stage.url}/`);
  const { search, origin } = new URL((await login).url());
  await page.goto(`${origin}/login${search}`);
  await page.getByRole('button', { name: /sign in as erin@example\.com/i }).waitFor();
  await expectPage(await page.locator('h1').innerText(), 'pool-sign-in-as');

  await visitor.clearCookies();
  await page.goto(`${stage.url}/`);
  await signIn(page, erin);
  await expectPage('Enter your code', 'pool-mfa');
  await page.getByLabel('Code').fill('000000');
  await page.keyboard.press('Enter');
  await page.getByText('Invalid code received for user').waitFor();
  // The code of the set-up is spent: the next one.
  await page.getByLabel('Code').fill(await code(30));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${stage.url}/`);
});

it('give somebody who has forgotten their password another one', async () => {
  await visitor.clearCookies();
  await page.goto(`${stage.url}/`);
  await page.getByRole('link', { name: /forgot/i }).click();
  await expectPage('Forgot your password?', 'pool-forgot');
  await page.getByLabel('Email').fill(erin.email);
  await page.keyboard.press('Enter');
  await page.getByLabel('New password', { exact: true }).waitFor();
  await expectPage(await page.locator('h1').innerText(), 'pool-reset');
  await page.getByLabel(/code/i).fill(await mailedCode('password reset code is'));
  await page.getByLabel('New password', { exact: true }).fill(NEXT_PASSWORD);
  await page.getByLabel('New password again').fill(NEXT_PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByLabel('Password', { exact: true }).waitFor();
  await signIn(page, { ...erin, password: NEXT_PASSWORD });
  await page.getByRole('heading', { level: 1, name: 'Enter your code' }).waitFor();
});

it('show mails and errors', async () => {
  await page.goto(stage.served.inboxUrl());
  await expectPage('Inbox', 'pool-inbox');
  await page.goto(stage.served.inboxUrl().replace(/key=.*/, 'key=guessed'));
  expect(await page.getByText(erin.email).count()).toBe(0);
  await expectPage(await page.locator('h1').innerText(), 'pool-error');
});
