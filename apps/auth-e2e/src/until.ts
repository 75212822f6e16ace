import { setTimeout as delay } from 'node:timers/promises';

import { type Served } from './served.ts';

/** Asks until it is as wished. How long that takes is measured by `npm run bench`, not by a test. */
export async function until(
  wished: () => boolean | Promise<boolean>,
  served: Pick<Served, 'output'>,
  timeoutMs = 20_000,
): Promise<void> {
  const start = performance.now();
  while (!(await wished())) {
    if (performance.now() - start > timeoutMs) throw new Error(`Not so after ${timeoutMs} ms:\n${served.output()}`);
    await delay(50);
  }
}
