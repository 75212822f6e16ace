import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { utimes } from 'node:fs/promises';
import { type IncomingMessage } from 'node:http';
import { get } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

import { type Figure, repeat } from './figure.ts';
import { nx, ROOT } from './workspace.ts';

const ENTRY = 'https://app.localhost:8443/';
const PATIENCE_MS = 60_000;

/** Served from an installed workspace: the start, and an edit of the application and of the stacks. */
export async function measureServe(): Promise<readonly Figure[]> {
  const runs = await repeat(3, async () => {
    const start = performance.now();
    const served = nx(['serve', 'auth'], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      const printed = watchOutput(served);
      await until(loginPageAnswers, served);
      const login = (performance.now() - start) / 1000;
      await until(() => printed(/Stop +.*Ctrl-C/), served);
      const application = await edit('apps/auth/src/main.ts', () => printed(/application reloaded/), served);
      const stacks = await edit('stacks/main.ts', () => printed(/listener and user pool updated/), served);
      return { login, application, stacks };
    } finally {
      await stop(served);
    }
  });
  return [
    {
      name: 'nx serve auth, until the login page answers',
      values: runs.map(({ login }) => login),
      unit: 's',
      limit: 5,
    },
    {
      name: 'an edit of the application, until it is live',
      values: runs.map((run) => run.application),
      unit: 's',
      limit: 3,
    },
    { name: 'an edit of the stacks, until it is live', values: runs.map(({ stacks }) => stacks), unit: 's', limit: 3 },
  ];
}

/** @returns whether what was printed so far matches */
function watchOutput(served: ChildProcess): (pattern: RegExp) => boolean {
  let output = '';
  served.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += stripVTControlCharacters(chunk)));
  return (pattern) => pattern.test(output);
}

/** Saves a file as it is. @returns the seconds until that was taken up */
async function edit(path: string, live: () => boolean, served: ChildProcess): Promise<number> {
  const start = performance.now();
  const now = new Date();
  await utimes(join(ROOT, path), now, now);
  await until(live, served);
  return (performance.now() - start) / 1000;
}

async function until(condition: () => boolean | Promise<boolean>, served: ChildProcess): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (served.exitCode !== null) throw new Error('nx serve auth ended: is it running already?');
    if (performance.now() > deadline) throw new Error('nx serve auth did not get there');
    await delay(10);
  }
}

async function stop(served: ChildProcess): Promise<void> {
  if (served.pid === undefined || served.exitCode !== null) return;
  const exit = once(served, 'exit');
  process.kill(-served.pid, 'SIGINT');
  await exit;
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
