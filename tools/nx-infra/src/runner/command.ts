import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

import { InfraError } from '../errors.ts';

/** What a process left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  /** Added to the program's environment, for this run. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the program reads from its standard input. @default nothing */
  readonly input?: string;
}

/** Runs a program to its end, in a folder. */
export type Run = (args: readonly string[], options: RunOptions) => Promise<Finished>;

export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Asks the process to end in its own way (SIGINT), and waits until it has. */
  readonly signal?: AbortSignal;
}

/**
 * A program whose output is kept, and not shown.
 *
 * @returns rejects with an `ENOENT` where there is no such program, and with `INTERRUPTED` after the signal
 */
export function command(program: string, { env, signal }: CommandOptions): Run {
  return async (args, { cwd, env: added, input = '' }) => {
    if (signal?.aborted) throw interrupted(program, args);
    const child = spawn(program, args, { cwd, env: { ...env, ...added }, stdio: ['pipe', 'pipe', 'pipe'] });
    // A program that ends without reading it says so by its exit code.
    child.stdin.on('error', () => undefined).end(input);
    const stop = (): void => void child.kill('SIGINT');
    signal?.addEventListener('abort', stop);
    const end = new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    try {
      const [code, stdout, stderr] = await Promise.all([end, text(child.stdout), text(child.stderr)]);
      if (signal?.aborted) throw interrupted(program, args);
      return { code, stdout, stderr };
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };
}

function interrupted(program: string, [subcommand = '']: readonly string[]): InfraError {
  return new InfraError('INTERRUPTED', `${program} ${subcommand} was ended on request. Nothing of it is kept.`);
}
