import { type Figure, repeat } from './figure.ts';
import { nx, timed } from './workspace.ts';

/** A run in which every result comes from the cache. */
export async function measureNoOp(): Promise<readonly Figure[]> {
  const run = (): Promise<number> => timed(nx(['run-many', '-t', 'lint', 'test', 'build']));
  await run();
  return [
    { name: 'nx run-many -t lint test build, nothing changed', values: await repeat(5, run), unit: 's', limit: 3 },
  ];
}
