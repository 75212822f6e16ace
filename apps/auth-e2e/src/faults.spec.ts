import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BrowserContext, type Page } from 'playwright-core';

import { ask } from './ask.ts';
import { enter, signIn, signOut, takePictures } from './browser.ts';
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
afterEach(async () => {
  await stage.served.setFaults({});
  await visitor.close();
});

/** Where the browser is. */
const path = (): string => new URL(page.url()).pathname;

async function signedIn(): Promise<void> {
  await enter(page, `${stage.url}/`, await demoUser('alice'));
}

const status = async (address: string): Promise<number> =>
  (await ask(`${stage.url}${address}`, { as: visitor })).status;

/** Nobody is in: no session came of it, and the application's pages ask for a login. */
async function expectOutside(): Promise<void> {
  const cookies = (await visitor.cookies(stage.url)).map(({ name }) => name);
  expect(cookies.filter((name) => name.startsWith('AWSELBAuthSession'))).toEqual([]);
  expect([await status('/'), await status('/admin'), await status('/api/me')]).toEqual([302, 302, 302]);
}

describe.each([
  ['that is down', { userPool: 'down' }, 500],
  ['that fails', { userPool: 'failing' }, 561],
  ['whose claims are too many', { claims: 'oversized' }, 500],
] as const)('a user pool %s', (name, faults, expected) => {
  it('lets nobody in, says so, and is forgotten when it is mended', async () => {
    await stage.served.setFaults(faults);
    await page.goto(`${stage.url}/admin`);
    const answered = page.waitForResponse((response) => response.url().startsWith(`${stage.url}/oauth2/idpresponse`));
    await signIn(page, await demoUser('alice'));
    expect((await answered).status()).toBe(expected);
    await page.waitForLoadState();
    expect(await page.locator('h1').innerText()).toMatch(new RegExp(`^${expected} `));
    expect(await page.content()).not.toMatch(/alice|Administration/i);
    await takePictures(page, `fault-pool-${name.replaceAll(' ', '-')}`);
    await expectOutside();

    await stage.served.setFaults({});
    await page.goto(`${stage.url}/admin`);
    expect(path()).toBe('/admin');
    expect(await page.locator('h1').innerText()).toBe('Administration');
  });
});

describe('a session that has expired', () => {
  it('is renewed on the way, as the user pool still knows who it is, and no page is lost', async () => {
    await signedIn();
    await stage.served.setFaults({ sessions: 'expired' });
    expect([await status('/'), await status('/api/me')]).toEqual([302, 302]);
    await page.goto(`${stage.url}/admin?tab=2`);
    expect(page.url()).toBe(`${stage.url}/admin?tab=2`);
    expect(await status('/api/me')).toBe(200);
  });
});

describe('a load balancer that signs with a wrong key', () => {
  it('is not believed: the application stays closed, and says what a person can do', async () => {
    await signedIn();
    await stage.served.setFaults({ signingKey: 'wrong' });
    const answer = await page.goto(`${stage.url}/`);
    expect(answer?.status()).toBe(401);
    expect(await page.content()).not.toMatch(/alice/i);
    await takePictures(page, 'fault-wrong-key');
    expect([await status('/'), await status('/admin'), await status('/api/me')]).toEqual([401, 401, 401]);
    const refused = await ask(`${stage.url}/api/me`, { as: visitor });
    expect(JSON.parse(refused.body)).toEqual({ code: 'SIGNATURE_INVALID', statusCode: 401 });

    await stage.served.setFaults({});
    expect((await page.goto(`${stage.url}/`))?.status()).toBe(200);
  });

  it('keeps nobody in: the way out is open', async () => {
    await signedIn();
    await page.goto(`${stage.url}/logout`);
    await stage.served.setFaults({ signingKey: 'wrong' });
    await signOut(page);
    await stage.served.setFaults({});
    await expectOutside();
  });
});

describe('a load balancer whose clock is off', () => {
  it('is not believed where what it signs has expired by the clock of the application', async () => {
    await signedIn();
    await stage.served.setFaults({ clockSkewSeconds: -120 });
    const refused = await ask(`${stage.url}/api/me`, { as: visitor });
    expect([refused.status, JSON.parse(refused.body)]).toEqual([401, { code: 'TOKEN_EXPIRED', statusCode: 401 }]);
    expect((await page.goto(`${stage.url}/`))?.status()).toBe(401);
    await takePictures(page, 'fault-clock');

    await stage.served.setFaults({ clockSkewSeconds: -30 });
    expect(await status('/api/me')).toBe(200);
  });
});

describe('a target that is down', () => {
  it('is answered for by the load balancer, and the session goes on afterwards', async () => {
    await signedIn();
    await stage.served.setFaults({ target: 'down' });
    const answer = await page.goto(`${stage.url}/`);
    expect(answer?.status()).toBe(502);
    expect(await page.locator('h1').innerText()).toBe('502 Bad Gateway');
    await takePictures(page, 'fault-target-down');

    await stage.served.setFaults({});
    expect((await page.goto(`${stage.url}/`))?.status()).toBe(200);
  });
});

describe('the inspector', () => {
  it('shows what passed, to a keyboard too, and nothing that lets its reader in', async () => {
    await signedIn();
    await stage.served.setFaults({ signingKey: 'wrong' });
    await page.goto(`${stage.url}/admin`);
    await stage.served.setFaults({});
    const cookies = await visitor.cookies(stage.url);
    const inspector = await visitor.newPage();
    const complaints: string[] = [];
    inspector.on('console', (message) => complaints.push(message.text()));
    await inspector.goto(stage.served.inspectorUrl());
    const request = inspector.getByRole('button', { name: '401 GET /admin' }).first();
    await request.waitFor();
    await inspector.keyboard.press('Tab');
    for (let presses = 0; presses < 50; presses++) {
      if (await request.evaluate((button) => button === document.activeElement)) break;
      await inspector.keyboard.press('ArrowDown');
    }
    await inspector.keyboard.press('Enter');
    await inspector.getByText('x-amzn-oidc-data').first().waitFor();
    await takePictures(inspector, 'inspector');
    await inspector.setViewportSize({ width: 390, height: 844 });
    expect(await inspector.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    const shown = await inspector.content();
    for (const { value } of cookies.filter(({ value }) => value.length > 15)) expect(shown).not.toContain(value);
    expect(shown).not.toMatch(/eyJ[\w-]{20}/);
    expect(complaints).toEqual([]);
  });
});

describe('what is printed', () => {
  it('says where the token of the faults lies, and not what it is', async () => {
    expect(stage.served.output()).toMatch(/Faults +.*docs\/reference\/local-alb\.md/);
    const address = /(http:\S+\/faults)$/m.exec(stage.served.output())?.[1] ?? '';
    expect((await fetch(address)).status).toBe(401);
    expect(stage.served.output()).not.toMatch(/Bearer (?!\$\()/);
  });
});
