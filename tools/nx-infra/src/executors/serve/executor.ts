import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { type ExecutorContext } from '@nx/devkit';

import { InfraError } from '../../errors.ts';
import { requireNode } from '../../local/preflight.ts';

export interface ServeExecutorOptions {
  readonly env: string;
  readonly users: string;
  readonly main: string;
  readonly poolPort: number;
}

/**
 * `nx serve auth`: runs the composed login in a process of its own, in which workspace packages resolve to their
 * sources, and ends when that does.
 */
export default async function serve(
  options: ServeExecutorOptions,
  context: ExecutorContext,
): Promise<{ success: boolean }> {
  try {
    // Here, as an old Node fails at loading the rest, with a message that helps nobody.
    requireNode(process.version);
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    console.error(error.message);
    return { success: false };
  }
  const program = join(import.meta.dirname, '..', '..', 'local', 'main.ts');
  const args = ['--root', context.root, '--env', options.env, '--main', options.main, '--users', options.users];
  const child = fork(program, [...args, '--pool-port', String(options.poolPort)], {
    cwd: context.root,
    execArgv: ['--conditions=@gatehouse/source', '--import', 'tsx', '--no-warnings=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // A terminal sends Ctrl-C to the child as well; what comes from elsewhere is handed on.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code] = (await once(child, 'exit')) as [number | null];
  return { success: code === 0 };
}
