import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The first `python3` on the path that loads moto; the first of all where none does, which then says so.
 *
 * A machine has several, and npm puts the folder of Node before all others: there lies the system's, which has no moto.
 */
export function pythonWithMoto(env: NodeJS.ProcessEnv): string {
  const found = (env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'python3'))
    .filter((program, index, all) => existsSync(program) && all.indexOf(program) === index);
  if (found.length < 2) return found[0] ?? 'python3';
  // Looked for, not loaded: that alone takes two seconds.
  const look = 'import importlib.util, sys; sys.exit(importlib.util.find_spec("moto") is None)';
  const loads = (program: string): boolean => spawnSync(program, ['-c', look], { env, stdio: 'ignore' }).status === 0;
  return found.find(loads) ?? 'python3';
}
