import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..', '..');

/** Runs Nx as a person does, with its daemon. */
export function nx(args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  return spawn(process.execPath, [join(ROOT, 'node_modules', 'nx', 'dist', 'bin', 'nx.js'), ...args], {
    cwd: ROOT,
    stdio: 'ignore',
    ...options,
  });
}

/** @returns how long a command took, in seconds; throws when it failed */
export async function timed(child: ChildProcess): Promise<number> {
  const start = performance.now();
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${child.spawnargs.join(' ')} ended with code ${code}`);
  return (performance.now() - start) / 1000;
}
