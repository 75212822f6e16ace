import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { type ExecutorContext } from '@nx/devkit';

export interface RoutesExecutorOptions {
  readonly program: string;
  readonly exceptions: string;
  readonly env: readonly string[];
  readonly json: boolean;
}

/**
 * `nx run auth:routes [--env=local,dev,prod] [--json]`, in a process of its own, in which workspace packages resolve to
 * their sources.
 */
export default async function executor(
  { program, exceptions, env, json }: RoutesExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const main = join(import.meta.dirname, '..', '..', 'routes', 'main.ts');
  const args = ['--program', program, '--exceptions', exceptions, ...env.flatMap((name) => ['--env', name])];
  const child = fork(main, [...args, ...(json ? ['--json'] : [])], {
    cwd: root,
    execArgv: ['--conditions=@gatehouse/source', '--import', 'tsx', '--no-warnings=ExperimentalWarning'],
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return { success: code === 0 };
}
