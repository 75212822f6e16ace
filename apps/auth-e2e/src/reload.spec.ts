import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, type BrowserContext } from 'playwright-core';

import { ask } from './ask.ts';
import { launchBrowser, newVisitor, signIn } from './browser.ts';
import { type Served, serveAuth, stopAll } from './served.ts';
import { until } from './until.ts';
import { demoUser } from './users.ts';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

let copy: WorkspaceCopy;
let served: Served;
let browser: Browser;
let visitor: BrowserContext;

beforeAll(async () => {
  copy = await copyWorkspace();
  [served, browser] = await Promise.all([serveAuth(copy), launchBrowser()]);
  visitor = await newVisitor(browser);
  const page = await visitor.newPage();
  await page.goto(`${served.url}/`);
  await signIn(page, await demoUser('bob'));
  await page.waitForURL(`${served.url}/`);
});
afterAll(async () => {
  await stopAll();
  await browser.close();
  await copy.remove();
});

const signedIn = async (): Promise<boolean> => (await ask(`${served.url}/api/me`, { as: visitor })).status === 200;

describe('while it is served', () => {
  it('an edit of the application is live, without a new login and without an interruption', async () => {
    let running = true;
    const answers: number[] = [];
    const visits = (async () => {
      while (running) answers.push((await ask(`${served.url}/api/me`, { as: visitor })).status);
    })();
    await copy.edit('apps/auth/src/health/health.controller.ts', (source) =>
      source.replace(`return { status: 'live' }`, `return { status: 'edited' as 'live' }`),
    );
    await until(async () => {
      const response = await ask(`${served.applicationUrl()}/health/live`).catch(() => undefined);
      return response?.body.includes('edited') ?? false;
    }, served);
    running = false;
    await visits;
    expect(new Set(answers)).toEqual(new Set([200]));
  });

  it('an edit of a public path is live in the load balancer, without a new login', async () => {
    const status = async (): Promise<number> => (await ask(`${served.url}/health/live`)).status;
    expect(await status()).toBe(302);
    await copy.edit('stacks/environments/local.ts', (source) =>
      source.replace("'/logged-out'", "'/logged-out', '/health/live'"),
    );
    await until(async () => (await status()) === 200, served);
    expect(await signedIn()).toBe(true);
  });

  it('a broken edit is named, and what ran before goes on', async () => {
    await copy.edit('apps/auth/src/health/health.controller.ts', (source) => `${source}\nthis is no TypeScript`);
    await served.printed(/does not compile[\s\S]*health\.controller\.ts[\s\S]*What ran before goes on/);
    expect(await signedIn()).toBe(true);

    await copy.edit('stacks/environments/local.ts', (source) =>
      source.replace(/domain: '[^']+'/, "domain: 'Not A Domain'"),
    );
    await served.printed(/domain.*Not A Domain[\s\S]*What ran before goes on/);
    expect(await signedIn()).toBe(true);
  });
});
