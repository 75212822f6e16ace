/**
 * Prints, as JSON, what the built application needs: the seconds from the start of its process until it is ready, the
 * megabytes that are resident after some requests and ten seconds of rest, the megabytes of the bundle. It has to be
 * built before.
 *
 *     TSX_TSCONFIG_PATH=tsconfig.base.json \
 *       node --conditions=@gatehouse/source --import tsx apps/auth/bench/footprint.ts
 *
 * `--runs` and `--rest` (seconds) make it shorter.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { environment } from '../src/testdata/environment.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '5' }, rest: { type: 'string', default: '10' } },
});
const REQUESTS = 50;
const PATIENCE_MS = 15_000;

const folder = await mkdtemp(join(tmpdir(), 'gatehouse-footprint-'));
try {
  // By itself: NestJS looks for packages that it can do without, and would find and load those of the workspace.
  const bundle = join(folder, 'main.mjs');
  await cp(join(import.meta.dirname, '..', 'dist', 'main.js'), bundle);
  const runs: { readonly seconds: number; readonly megabytes: number }[] = [];
  for (let run = 0; run < Number(values.runs); run++) runs.push(await measure(bundle));
  console.log(
    JSON.stringify({
      startSeconds: runs.map(({ seconds }) => seconds),
      residentMegabytes: runs.map(({ megabytes }) => megabytes),
      bundleMegabytes: (await stat(bundle)).size / 2 ** 20,
    }),
  );
} finally {
  await rm(folder, { recursive: true });
}

async function measure(bundle: string): Promise<{ readonly seconds: number; readonly megabytes: number }> {
  const port = await freePort();
  const start = performance.now();
  const child = spawn(process.execPath, ['--max-http-header-size=65536', bundle], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while ((await statusOf(port, '/health/ready')) !== 200) {
      if (performance.now() - start > PATIENCE_MS) throw new Error('the application did not become ready');
      await delay(2);
    }
    const seconds = (performance.now() - start) / 1000;
    for (let request = 0; request < REQUESTS; request++) await statusOf(port, '/api/me');
    await delay(Number(values.rest) * 1000);
    const kilobytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' }));
    return { seconds, megabytes: kilobytes / 1024 };
  } finally {
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
  }
}

function statusOf(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    }).once('error', () => resolve(undefined));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
