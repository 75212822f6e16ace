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
function start(variables: Readonly<Record<string, string>>): {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
} {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=@gatehouse/source', '--import', 'tsx', main], {
    cwd: root,
    env: { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: `${root}tsconfig.base.json`, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return { child, stdout: () => stdout, stderr: () => stderr };
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

async function untilStatus(url: string, status: number): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.status === status) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const untilReady = (port: string): Promise<void> => untilStatus(`http://127.0.0.1:${port}/health/ready`, 200);

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

  it('serves new connections after SIGTERM, though not ready any more, and ends with 0 when it has drained', async () => {
    const port = await freePort();
    const { child, stdout, stderr } = start({
      ...environment,
      PORT: port,
      DRAIN_SECONDS: '2',
      DATABASE_PASSWORD: 'c4n4ry',
    });
    await untilReady(port);
    const planted = { cookie: 'AWSELBAuthSessionCookie-0=c4n4ry', 'x-amzn-oidc-data': 'c4n4ry' };
    expect((await fetch(`http://127.0.0.1:${port}/?c4n4ry`, { headers: planted })).status).toBe(401);

    const told = performance.now();
    const ended = exitCode(child);
    child.kill('SIGTERM');
    await untilStatus(`http://127.0.0.1:${port}/health/ready`, 503);
    const { status, headers } = await fetch(`http://127.0.0.1:${port}/logged-out`);
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    expect(await ended).toBe(0);
    expect(performance.now() - told).toBeGreaterThan(1990);
    expect(stderr()).toBe('');
    expect(stdout()).toContain('"msg":"Listening on');
    expect(stdout()).toContain('"msg":"request"');
    expect(stdout().includes('c4n4ry')).toBe(false);
    for (const line of stdout().trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('level');
  }, 20_000);

  it('does not keep somebody at a terminal waiting: SIGINT ends at once, and so does a second signal', async () => {
    const [first, second] = [await freePort(), await freePort()];
    const interrupted = start({ ...environment, PORT: first, DRAIN_SECONDS: '60' });
    const draining = start({ ...environment, PORT: second, DRAIN_SECONDS: '60' });
    await Promise.all([untilReady(first), untilReady(second)]);
    const codes = Promise.all([exitCode(interrupted.child), exitCode(draining.child)]);
    interrupted.child.kill('SIGINT');
    draining.child.kill('SIGTERM');
    await untilStatus(`http://127.0.0.1:${second}/health/ready`, 503);
    draining.child.kill('SIGTERM');
    expect(await codes).toEqual([0, 143]);
  }, 20_000);

  it('says in one line that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    try {
      const { child, stdout } = start({ ...environment, PORT: String(port) });
      expect(await exitCode(child)).toBe(1);
      const lines = stdout().trim().split('\n');
      expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
        expect.objectContaining({
          level: 'error',
          msg: expect.stringContaining(`already in use 127.0.0.1:${port}`),
        }),
      ]);
    } finally {
      taken.close();
    }
  }, 20_000);
});
