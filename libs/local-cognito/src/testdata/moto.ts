import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './apache.ts';

/** A simulated AWS in a process of its own. */
export interface Moto {
  readonly url: string;
  close(): Promise<void>;
}

/** @returns `undefined` where moto's server is not installed */
export async function startMoto(): Promise<Moto | undefined> {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', detached: true });
  let missing = false;
  child.on('error', () => (missing = true));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 200; tries++) {
    await delay(100);
    if (missing || child.exitCode !== null) return undefined;
    try {
      await fetch(`${url}/moto-api/`);
      break;
    } catch {
      // Not yet.
    }
  }
  return {
    url,
    close: async () => {
      const exit = once(child, 'exit');
      // Its launcher may have started the server as a child of its own.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await exit;
    },
  };
}
