import { createServer } from 'node:https';
import { type AddressInfo } from 'node:net';

import { describe, expect, it } from '@jest/globals';
import { chromium } from 'playwright-core';

import { httpsListener, loadBalancer, loginRule, pathRule } from './testdata/load-balancer.ts';
import { serverTls, startRig } from './testdata/rig.ts';

const page = { type: 'fixed-response', statusCode: 200, contentType: 'text/html', messageBody: 'open' } as const;

/** What a script of an open page is told when it asks for something behind a login. */
async function asked(loginHeaders: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const login = createServer(serverTls, (_, response) => response.writeHead(200, loginHeaders).end('login'));
  await new Promise<void>((resolve) => login.listen(0, '127.0.0.1', resolve));
  const { port } = login.address() as AddressInfo;
  const rig = await startRig(loadBalancer([httpsListener(pathRule(1, '/open', page), loginRule)]), {
    resolveUserPool: () => ({ ...rig.pool.endpoints, authorizationEndpoint: `https://localhost:${port}/authorize` }),
  });
  const browser = await chromium.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const visitor = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
    await visitor.goto(`${rig.origin}/open`);
    return await visitor.evaluate(async () => {
      const told = async (options: RequestInit): Promise<string> =>
        fetch('/api/me', options).then(
          ({ type, status }) => `${type} ${status}`,
          (error: Error) => error.name,
        );
      return [await told({}), await told({ redirect: 'manual' })];
    });
  } finally {
    await browser.close();
    await rig.stop();
    await new Promise((resolve) => login.close(resolve));
  }
}

describe('a script behind a login that has ended', () => {
  it('meets the redirect to the login page as a failure that says nothing, or as opaque [B4.5 R]', async () => {
    expect(await asked({})).toEqual(['TypeError', 'opaqueredirect 0']);
    // Not by chance: it is the login page, which allows no other origin.
    expect(await asked({ 'Access-Control-Allow-Origin': '*' })).toEqual(['cors 200', 'opaqueredirect 0']);
  });
});
