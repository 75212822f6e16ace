import {
  AdminAddUserToGroupCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BrowserContext, type Page } from 'playwright-core';

import { type Answer, ask } from './ask.ts';
import { enter, signIn } from './browser.ts';
import { poolAdministrator } from './pool-administrator.ts';
import { Stage } from './stage.ts';
import { demoUser } from './users.ts';

/**
 * When what an administrator does at the user pool is felt behind the load balancer: at AWS, with the next refresh,
 * which is when the access token ends (reference: listener-authenticate-users.html, "Session timeout"). The load
 * balancer's clock is moved there; the user pool and the application keep theirs.
 */
const AFTER_THE_ACCESS_TOKEN = { clockSkewSeconds: 15 * 60 + 1 };

let stage: Stage;
let visitor: BrowserContext;
let page: Page;
let administrator: CognitoIdentityProviderClient;
let bob: { readonly UserPoolId: string; readonly Username: string };

beforeAll(async () => {
  stage = await Stage.open();
  administrator = await poolAdministrator(stage.copy);
});
afterAll(async () => {
  await stage.close();
  administrator.destroy();
});
beforeEach(async () => {
  ({ visitor, page } = await stage.visit());
  const credentials = await demoUser('bob');
  bob = { UserPoolId: stage.served.poolId(), Username: credentials.email };
  await enter(page, `${stage.url}/`, credentials);
});
afterEach(async () => {
  await stage.served.setFaults({});
  await visitor.close();
});

/** With the cookies that the browser has now, and none that is set on the way. */
const visit = (path: string): Promise<Answer> => ask(`${stage.url}${path}`, { as: visitor });

const refreshes = (answer: Answer): boolean =>
  (answer.headers['set-cookie'] ?? []).some((cookie) => /^AWSELBAuthSessionCookie-0=[^;]/.test(cookie));

/** The load balancer asks for a login. */
function expectLogin({ status, headers }: Answer): void {
  expect([status, new URL(headers.location ?? 'about:blank').pathname]).toEqual([302, '/oauth2/authorize']);
}

describe('somebody of whom nothing has changed', () => {
  it('goes on when their access token ends, with another one and without a login', async () => {
    const before = await visit('/api/me');
    expect([before.status, refreshes(before)]).toEqual([200, false]);

    await stage.served.setFaults(AFTER_THE_ACCESS_TOKEN);
    const after = await visit('/api/me');
    expect([after.status, refreshes(after)]).toEqual([200, true]);
  });
});

describe('somebody who is disabled', () => {
  afterEach(() => administrator.send(new AdminEnableUserCommand(bob)));

  it('is in until the access token ends, then out, and does not come in again', async () => {
    await administrator.send(new AdminDisableUserCommand(bob));
    expect((await visit('/api/me')).status).toBe(200);

    await stage.served.setFaults(AFTER_THE_ACCESS_TOKEN);
    expectLogin(await visit('/api/me'));
    // The browser still has its session of the hosted login. It is worth nothing.
    await page.goto(`${stage.url}/`);
    expect(new URL(page.url()).pathname).toBe('/login');
    expect(await page.getByRole('button', { name: /sign in as/i }).count()).toBe(0);
    await signIn(page, await demoUser('bob'));
    await page.getByText('User is disabled.').waitFor();

    await administrator.send(new AdminEnableUserCommand(bob));
    await signIn(page, await demoUser('bob'));
    await page.waitForURL(`${stage.url}/`);
  });
});

describe('somebody who is signed out everywhere', () => {
  it('is out when the access token ends, and comes in where the hosted login still knows the browser', async () => {
    const cookies = (await visitor.cookies(stage.url)).map(({ name, value }) => `${name}=${value}`).join('; ');
    const elsewhere = (): Promise<Answer> => ask(`${stage.url}/api/me`, { headers: { cookie: cookies } });
    await administrator.send(new AdminUserGlobalSignOutCommand(bob));
    expect((await elsewhere()).status).toBe(200);

    await stage.served.setFaults(AFTER_THE_ACCESS_TOKEN);
    expectLogin(await elsewhere());
    // Global sign-out takes tokens back, and not the `cognito` cookie (docs/reference/local-cognito.md).
    await page.goto(`${stage.url}/`);
    expect(page.url()).toBe(`${stage.url}/`);
    expect((await visit('/api/me')).status).toBe(200);
    // The session of before does not come back with it.
    expectLogin(await elsewhere());
  });
});

describe('somebody who is taken out of a group', () => {
  it('has it until the access token ends, and goes on without it', async () => {
    const admins = { ...bob, GroupName: 'admins' };
    await administrator.send(new AdminAddUserToGroupCommand(admins));
    expect((await visit('/admin')).status).toBe(403);
    await stage.served.setFaults(AFTER_THE_ACCESS_TOKEN);
    await page.goto(`${stage.url}/admin`);
    expect(await page.locator('h1').innerText()).toBe('Administration');
    await stage.served.setFaults({});

    await administrator.send(new AdminRemoveUserFromGroupCommand(admins));
    expect((await visit('/admin')).status).toBe(200);
    await stage.served.setFaults({ clockSkewSeconds: 2 * AFTER_THE_ACCESS_TOKEN.clockSkewSeconds });
    expect((await visit('/admin')).status).toBe(403);
    expect(JSON.parse((await visit('/api/me')).body)).toMatchObject({ groups: ['users'] });
  });
});

describe('somebody whose name is changed', () => {
  it('is called so from the next userInfo on, which comes with the refresh', async () => {
    const called = async (name: string): Promise<void> => {
      const UserAttributes = [{ Name: 'name', Value: name }];
      await administrator.send(new AdminUpdateUserAttributesCommand({ ...bob, UserAttributes }));
    };
    await called('Robert Example');
    expect((await visit('/')).body).toContain('Bob Example');
    await stage.served.setFaults(AFTER_THE_ACCESS_TOKEN);
    const { body } = await visit('/');
    expect([body.includes('Robert Example'), body.includes('Bob Example')]).toEqual([true, false]);
    await called('Bob Example');
  });
});
