import { request } from 'node:https';

import { forwardAction, httpsListener, rule } from '../src/testdata/load-balancer.ts';
import { type Child } from './child.ts';
import { withAlb } from './throughput.ts';

export interface Streaming {
  readonly direction: 'download' | 'upload';
  readonly bytes: number;
  readonly seconds: number;
  /** The most that the load balancer's process held meanwhile over what it held before. */
  readonly grewMegabytes: number;
}

/** So many bytes each way, while the memory of the load balancer is watched. */
export function measureStreaming(bytes: number): Promise<readonly Streaming[]> {
  return withAlb(httpsListener(rule('default', [forwardAction])), async ({ alb }) => {
    const url = `https://localhost:${alb.ready.port}`;
    // What is allocated once, buffers of connections and the compiled code, is not of the stream.
    await stream(`${url}/download/50000000`, 0);
    await stream(url, 50_000_000);
    return [
      await watched(alb, 'download', bytes, () => stream(`${url}/download/${bytes}`, 0)),
      await watched(alb, 'upload', bytes, () => stream(url, bytes)),
    ];
  });
}

async function watched(
  alb: Child<unknown>,
  direction: Streaming['direction'],
  bytes: number,
  task: () => Promise<number>,
): Promise<Streaming> {
  const memory = async (): Promise<number> => (await alb.ask<{ megabytes: number }>('memory')).megabytes;
  const before = await memory();
  let [most, done] = [before, false];
  const begun = performance.now();
  const streaming = task().finally(() => (done = true));
  while (!done) {
    most = Math.max(most, await memory());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const passed = await streaming;
  if (passed < bytes) throw new Error(`Only ${passed} of ${bytes} bytes passed`);
  return { direction, bytes, seconds: (performance.now() - begun) / 1000, grewMegabytes: most - before };
}

/** @returns how many bytes passed: those of the answer, or those that the target says it received */
function stream(url: string, upload: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: upload > 0 ? 'POST' : 'GET',
      host: '127.0.0.1',
      rejectUnauthorized: false,
      agent: false,
      ...(upload > 0 ? { headers: { 'Content-Length': upload } } : {}),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      let received = 0;
      incoming.on('data', (chunk: Buffer) => (received += chunk.length));
      incoming.on('error', reject);
      incoming.on('end', () => resolve(upload > 0 ? Number(incoming.headers['x-received']) : received));
    });
    const chunk = Buffer.alloc(256 * 1024);
    let left = upload;
    const more = (): void => {
      while (left > 0) {
        const part = left < chunk.length ? chunk.subarray(0, left) : chunk;
        left -= part.length;
        if (!outgoing.write(part)) return void outgoing.once('drain', more);
      }
      outgoing.end();
    };
    more();
  });
}
