import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it } from '@jest/globals';

import { environment } from './testdata/environment.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** The program as a process of its own, with these variables and no others of its kind. */
function start(variables: Readonly<Record<string, string>>): { child: ChildProcess; stderr: () => string } {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@gatehouse/source', '--import', 'tsx', main], {
    cwd: root,
    env: { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: `${root}tsconfig.base.json`, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  return { child, stderr: () => stderr };
}

async function exitCode(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}

async function untilReady(port: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
    if (answer?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the program', () => {
  it('does not start half set: one line for each problem, and nothing else', async () => {
    const { child, stderr } = start({ ...environment, PUBLIC_URL: '', ALB_ARN: 'arn:aws:secret' });
    expect(await exitCode(child)).toBe(1);
    const lines = stderr().trim().split('\n');
    expect(lines.map((line) => line.split(';')[0])).toEqual([
      'PUBLIC_URL is empty',
      'ALB_ARN is not the ARN of an Application Load Balancer',
    ]);
    expect(stderr()).not.toContain('secret');
  });

  it('answers until SIGTERM, then ends with 0', async () => {
    const port = await freePort();
    const { child } = start({ ...environment, PORT: port });
    await untilReady(port);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(401);
    child.kill('SIGTERM');
    expect(await exitCode(child)).toBe(0);
  }, 20_000);

  it('says in one line that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    try {
      const { child, stderr } = start({ ...environment, PORT: String(port) });
      expect(await exitCode(child)).toBe(1);
      expect(stderr().trim().split('\n')).toEqual([expect.stringContaining(`already in use 127.0.0.1:${port}`)]);
    } finally {
      taken.close();
    }
  }, 20_000);
});
