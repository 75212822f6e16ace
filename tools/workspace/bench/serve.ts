import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

import { type Figure, repeat } from './figure.ts';
import { nx } from './workspace.ts';

const ENTRY = 'https://app.localhost:8443/';
const PATIENCE_MS = 60_000;

/** From the command to the answer of the login page, on an installed workspace. */
export async function measureServe(): Promise<readonly Figure[]> {
  const values = await repeat(3, async () => {
    const start = performance.now();
    const served = nx(['serve', 'auth'], { detached: true });
    try {
      while (!(await loginPageAnswers())) {
        if (served.exitCode !== null) throw new Error('nx serve auth ended: is it running already?');
        if (performance.now() - start > PATIENCE_MS) throw new Error('nx serve auth: no login page');
        await delay(25);
      }
      return (performance.now() - start) / 1000;
    } finally {
      if (served.pid !== undefined && served.exitCode === null) {
        const exit = once(served, 'exit');
        process.kill(-served.pid, 'SIGINT');
        await exit;
      }
    }
  });
  return [{ name: 'nx serve auth, until the login page answers', values, unit: 's', limit: 5 }];
}

async function loginPageAnswers(): Promise<boolean> {
  try {
    let address = new URL(ENTRY);
    for (let hop = 0; hop < 5; hop++) {
      const response = await request(address);
      const location = response.headers.location;
      if (location === undefined)
        return response.statusCode === 200 && (await text(response)).includes('type="password"');
      response.resume();
      address = new URL(location, address);
    }
    return false;
  } catch {
    return false;
  }
}

/** The names end in .localhost, which Node does not resolve by itself; the certificate is made on this machine. */
function request(address: URL): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { hostname, host, port, pathname, search } = address;
    const options = { host: '127.0.0.1', port, path: pathname + search, headers: { host }, servername: hostname };
    get({ ...options, rejectUnauthorized: false }, resolve).once('error', reject);
  });
}
