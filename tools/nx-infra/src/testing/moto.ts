import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { freePort } from '../local/preflight.ts';

const PATIENCE_MS = 60_000;

/** A simulated AWS with nothing in it. */
export interface SimulatedAws extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Environment variables that lead Terraform there, and to no real account. */
  readonly env: Readonly<Record<string, string>>;
}

/** @param account the twelve digits of the account that it is */
export async function simulatedAws(account: string): Promise<SimulatedAws> {
  const port = await freePort('127.0.0.1');
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, MOTO_ACCOUNT_ID: account },
    stdio: 'ignore',
  });
  // Not `localhost`: of that, the provider makes the names of buckets that do not resolve.
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    const ended = server.exitCode === null ? once(server, 'exit') : undefined;
    server.kill();
    await ended;
  };
  const end = Date.now() + PATIENCE_MS;
  while (!(await answers(endpoint))) {
    if (Date.now() > end || server.exitCode !== null) {
      await stop();
      throw new Error('moto_server did not start.');
    }
    await delay(100);
  }
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'eu-west-1',
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/moto-api/data.json`).then(
    ({ ok }) => ok,
    () => false,
  );
}
