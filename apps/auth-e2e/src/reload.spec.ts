import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type BrowserContext } from 'playwright-core';

import { ask } from './ask.ts';
import { enter } from './browser.ts';
import { Stage } from './stage.ts';
import { until } from './until.ts';
import { demoUser } from './users.ts';

let stage: Stage;
let visitor: BrowserContext;

beforeAll(async () => {
  stage = await Stage.open();
  const { visitor: bob, page } = await stage.visit();
  visitor = bob;
  await enter(page, `${stage.url}/`, await demoUser('bob'));
});
afterAll(() => stage.close());

const signedIn = async (): Promise<boolean> => (await ask(`${stage.url}/api/me`, { as: visitor })).status === 200;

describe('while it is served', () => {
  it('an edit of the application is live, without a new login and without an interruption', async () => {
    let running = true;
    const answers: number[] = [];
    const visits = (async () => {
      while (running) answers.push((await ask(`${stage.url}/api/me`, { as: visitor })).status);
    })();
    await stage.copy.edit('apps/auth/src/health/health.controller.ts', (source) =>
      source.replace(`return { status: 'live' }`, `return { status: 'edited' as 'live' }`),
    );
    await until(async () => {
      const response = await ask(`${stage.served.applicationUrl()}/health/live`).catch(() => undefined);
      return response?.body.includes('edited') ?? false;
    }, stage.served);
    running = false;
    await visits;
    expect(new Set(answers)).toEqual(new Set([200]));
  });

  it('an edit of a public path is live in the load balancer, without a new login', async () => {
    const status = async (): Promise<number> => (await ask(`${stage.url}/health/live`)).status;
    expect(await status()).toBe(302);
    await stage.copy.edit('stacks/environments/local.ts', (source) =>
      source.replace("'/logged-out'", "'/logged-out', '/health/live'"),
    );
    await until(async () => (await status()) === 200, stage.served);
    expect(await signedIn()).toBe(true);
  });

  it('a broken edit is named, and what ran before goes on', async () => {
    await stage.copy.edit('apps/auth/src/health/health.controller.ts', (source) => `${source}\nthis is no TypeScript`);
    await stage.served.printed(/does not compile[\s\S]*health\.controller\.ts[\s\S]*What ran before goes on/);
    expect(await signedIn()).toBe(true);

    await stage.copy.edit('stacks/environments/local.ts', (source) =>
      source.replace(/domain: '[^']+'/, "domain: 'Not A Domain'"),
    );
    await stage.served.printed(/domain.*Not A Domain[\s\S]*What ran before goes on/);
    expect(await signedIn()).toBe(true);
  });
});
