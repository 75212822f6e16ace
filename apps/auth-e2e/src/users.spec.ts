import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BrowserContext, type Page } from 'playwright-core';

import { obstacles } from './accessibility.ts';
import { ask } from './ask.ts';
import { enter, newVisitor, signIn, takePictures } from './browser.ts';
import { mailsTo } from './inbox.ts';
import { nextSecond } from './next-second.ts';
import { Stage } from './stage.ts';
import { until } from './until.ts';
import { demoUser } from './users.ts';

const NEW_PASSWORD = 'Carol-at-the-gate-1';

let stage: Stage;
let visitor: BrowserContext;
let page: Page;

beforeAll(async () => {
  stage = await Stage.open((copy) => copy.edit('apps/auth/users.local.json', withMembers));
});
afterAll(() => stage.close());
beforeEach(async () => {
  ({ visitor, page } = await stage.visit());
  await enter(page, `${stage.url}/admin/users`, await demoUser('alice'));
});
afterEach(() => visitor.close());

/** More people than a page of the list has. */
function withMembers(file: string): string {
  const seed = JSON.parse(file) as { readonly users: readonly object[] };
  const members = Array.from({ length: 25 }, (_, number) => ({
    username: `member${number}`,
    email: `member${number}@example.com`,
    password: 'Member-at-the-gate-1',
    groups: ['users'],
  }));
  return JSON.stringify({ users: [...seed.users, ...members] });
}

/** Invites somebody, who takes their temporary password out of the mail and chooses their own. */
async function invited(email: string, name: string): Promise<{ readonly context: BrowserContext; readonly on: Page }> {
  await page.goto(`${stage.url}/admin/users`);
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Name, if known').fill(name);
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('status').getByText('The invitation is on its way.').waitFor();

  const context = await newVisitor(stage.browser);
  const on = await context.newPage();
  const [mail = ''] = await mailsTo(on, stage.served, email);
  const [, password = ''] = /temporary password is (\S+)/.exec(mail) ?? [];
  expect(await page.content()).not.toContain(password);
  // The person at the console plays everybody, and need not look at the inbox for it.
  await stage.served.printed(new RegExp(`mail to ${email}: Your temporary password: `));
  expect(stage.served.output().split(password).length).toBe(2);
  await on.goto(`${stage.url}/`);
  await signIn(on, { email, password });
  await on.getByLabel('New password', { exact: true }).fill(NEW_PASSWORD);
  await on.getByLabel('New password again').fill(NEW_PASSWORD);
  await on.getByLabel('New password again').press('Enter');
  await on.waitForURL(`${stage.url}/`);
  return { context, on };
}

/** Finds somebody by their address, and opens their page. */
async function open(email: string): Promise<void> {
  await page.goto(`${stage.url}/admin/users`);
  await page.getByLabel('Beginning with').fill(email);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: email }).click();
  await page.getByRole('heading', { level: 1, name: email }).waitFor();
}

async function press(name: string, said: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('status').getByText(said).waitFor();
}

const me = async (context: BrowserContext): Promise<number> =>
  (await ask(`${stage.url}/api/me`, { as: context })).status;

describe('an administrator', () => {
  it('invites somebody, who comes in; disables them, and they are out; enables them, and they are in again', async () => {
    const email = 'carol@example.com';
    const { context, on } = await invited(email, '<i>Carol</i> "Example"');
    expect(await me(context)).toBe(200);
    await open(email);
    expect(await obstacles(page)).toEqual([]);
    await takePictures(page, 'user');
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await page.getByText('<i>Carol</i> "Example"').isVisible()).toBe(true);

    await press('Disable', 'The account is disabled');
    expect(await me(context)).toBe(401);
    await context.clearCookies();
    await on.goto(`${stage.url}/`);
    await signIn(on, { email, password: NEW_PASSWORD });
    await on.getByText('User is disabled.').waitFor();

    await press('Enable', 'The account is enabled.');
    await nextSecond();
    await enter(on, `${stage.url}/`, { email, password: NEW_PASSWORD });
    await context.close();
  });

  it('adds a group and takes it away, from the next sign-in on; signs somebody out; resets a password', async () => {
    const email = 'dave@example.com';
    const { context, on } = await invited(email, 'Dave Example');
    expect((await on.goto(`${stage.url}/admin/users`))?.status()).toBe(403);

    await open(email);
    await page.getByLabel('Another group').selectOption('admins');
    await press('Add', 'The group is added.');
    await press('Sign out everywhere', 'The user is signed out everywhere.');
    expect(await me(context)).toBe(401);
    await context.clearCookies();
    await nextSecond();
    await enter(on, `${stage.url}/admin/users`, { email, password: NEW_PASSWORD });
    expect(await me(context)).toBe(200);

    await press('Take out of admins', 'The group is taken away.');
    await context.clearCookies();
    await on.goto(`${stage.url}/admin/users`);
    await signIn(on, { email, password: NEW_PASSWORD });
    await on.getByText('This page is not open to your account').waitFor();

    await press('Reset password', 'A code is on its way');
    await context.clearCookies();
    await on.goto(`${stage.url}/`);
    await signIn(on, { email, password: NEW_PASSWORD });
    await on.getByText('Set a new password').first().waitFor();
    const [mail = ''] = await mailsTo(on, stage.served, email);
    const [, code = ''] = /password reset code is (\d{6})/.exec(mail) ?? [];
    await stage.served.printed(
      new RegExp(`mail to ${email}: Your verification code: Your password reset code is ${code}$`, 'm'),
    );
    await context.close();
  });

  it('has it written down who did what, and no address or password with it', async () => {
    const written = (): readonly string[] =>
      stage.served
        .output()
        .split('\n')
        .filter((line) => line.includes('user.sign-out'));
    const before = written().length;
    await open('bob@example.com');
    await press('Sign out everywhere', 'The user is signed out everywhere.');
    // The page may be there before the line has come through.
    await until(() => written().length > before, stage.served);
    expect(written().at(-1)).toMatch(/done/);
    expect(written().join('')).not.toMatch(/@example|password/);
  });

  it('cannot lock themselves out, neither by the page nor around it', async () => {
    await open('alice@example.com');
    expect(await page.getByRole('button', { name: 'Disable' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Take out of admins' }).count()).toBe(0);
    const { status } = await ask(`${stage.url}/admin/users/alice%40example.com/disable`, {
      method: 'POST',
      headers: { origin: stage.url, 'content-type': 'application/x-www-form-urlencoded' },
      as: visitor,
    });
    expect(status).toBe(409);
    expect(await me(visitor)).toBe(200);
  });

  it('turns the pages of the list, and sees everybody once', async () => {
    const shown = (): Promise<string[]> => page.locator('tbody a').allInnerTexts();
    const first = await shown();
    expect(first.length).toBe(20);
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.getByRole('link', { name: 'First page' }).waitFor();
    const second = await shown();
    expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
    expect([...first, ...second]).toEqual(expect.arrayContaining(['alice@example.com', 'member24@example.com']));
    expect(await page.getByRole('link', { name: 'Next page' }).count()).toBe(0);
    await page.getByRole('link', { name: 'First page' }).click();
    await page.getByRole('link', { name: 'First page' }).waitFor({ state: 'detached' });
    expect(await shown()).toEqual(first);

    // A page of a search is one of the search.
    await page.getByLabel('Beginning with').fill('member');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/search=member/);
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.getByRole('link', { name: 'First page' }).waitFor();
    expect((await shown()).length).toBe(5);
    expect((await shown()).filter((email) => !email.startsWith('member'))).toEqual([]);
  });

  it('reaches everything by keyboard, and sees where they are', async () => {
    expect(await obstacles(page)).toEqual([]);
    await takePictures(page, 'users');
    await page.setViewportSize({ width: 1280, height: 800 });
    const reached: string[] = [];
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const focused = document.activeElement;
        if (!(focused instanceof HTMLElement) || focused === document.body) return undefined;
        const shown = getComputedStyle(focused).outlineStyle !== 'none';
        return { name: focused.id || focused.innerText.trim(), shown };
      });
      if (at === undefined) break;
      expect(at).toEqual({ name: at.name, shown: true });
      reached.push(at.name);
    }
    expect(reached).toEqual(expect.arrayContaining(['by', 'search', 'Search', 'bob@example.com', 'email', 'Invite']));
    await page.getByLabel('Beginning with').focus();
    await page.keyboard.type('bob@');
    await page.keyboard.press('Enter');
    await page.waitForURL(/search=bob/);
    expect(await page.locator('tbody tr').count()).toBe(1);
    // Nothing sticks out on a narrow screen.
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });
});

describe('the pages about users', () => {
  it('are closed to whoever is no administrator', async () => {
    const other = await newVisitor(stage.browser);
    await enter(await other.newPage(), `${stage.url}/`, await demoUser('bob'));
    const paths = ['/admin/users', '/admin/users/alice%40example.com', '/admin/users/alice%40example.com/disable'];
    for (const path of paths) expect((await ask(`${stage.url}${path}`, { as: other })).status).toBe(403);
    const { status } = await ask(`${stage.url}/admin/users/bob%40example.com/join-group`, {
      method: 'POST',
      headers: { origin: stage.url, 'content-type': 'application/x-www-form-urlencoded' },
      as: other,
    });
    expect(status).toBe(403);
    await other.close();
  });

  it('take nothing from a form of another site, for all the cookies that come with it', async () => {
    const action = `${stage.url}/admin/users/bob%40example.com/disable`;
    await page.goto('about:blank');
    await page.setContent(`<form method="post" action="${action}"><button>Win</button></form>`);
    const answered = page.waitForResponse((response) => response.url() === action);
    await page.getByRole('button', { name: 'Win' }).click();
    expect((await answered).status()).toBe(403);
    await page.getByText('That did not come from here').waitFor();
    for (const origin of ['https://evil.example', 'null', stage.url.replace('https', 'http')]) {
      const { status } = await ask(action, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
        as: visitor,
      });
      expect([origin, status]).toEqual([origin, 403]);
    }
    await open('bob@example.com');
    expect(await page.getByRole('button', { name: 'Disable' }).count()).toBe(1);
  });

  it('are gone when the environment switches them off', async () => {
    await stage.copy.edit('stacks/environments/local.ts', (source) =>
      source.replace('userAdministration: true', 'userAdministration: false'),
    );
    await stage.served.printed(/application restarted/);
    for (const path of ['/admin/users', '/admin/users/bob%40example.com']) {
      expect((await ask(`${stage.url}${path}`, { as: visitor })).status).toBe(404);
    }
    expect((await ask(`${stage.url}/admin`, { as: visitor })).status).toBe(200);
  });
});
