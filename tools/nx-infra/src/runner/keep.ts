import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const KEEPER = join(import.meta.dirname, 'keeper.mjs');
const LOOK_MS = 100;
/** How long a keeper may take to write down what it saw. */
const PATIENCE_MS = 10_000;

export interface KeepOptions {
  readonly cwd: string;
  /** Added to the program's environment, for this run. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where its output is kept, as files that only their owner reads. Emptied first. */
  readonly folder: string;
  /** Is told every line of its standard output as it is written. */
  readonly line: (line: string) => void;
}

/** How a kept program ended. */
export interface Ended {
  /** `null` where it was killed. */
  readonly code: number | null;
  readonly stderr: string;
}

/** Runs a program that nobody else's end ends. */
export type Keep = (args: readonly string[], options: KeepOptions) => Promise<Ended>;

export interface KeepingOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Asks the program, once, to end in its own way (SIGINT). It is waited for all the same. */
  readonly signal: AbortSignal;
}

/**
 * A program that is no descendant of this process and in no terminal's group.
 *
 * Terraform loses what it made since it last saved its state when it is killed, and forces its end on a second SIGINT.
 * Ctrl-C in a terminal reaches every process of the group, and Nx 23 then signals all descendants of a task and kills
 * them two seconds later (measured). So neither may find it: a shell that ends at once starts a keeper, which starts
 * the program.
 */
export function keeping(program: string, { env, signal }: KeepingOptions): Keep {
  return async (args, { cwd, env: added, folder, line }) => {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // Once: Terraform takes a second SIGINT for the wish to end without saving.
    let asked = false;
    const stop = (): void => {
      const pid = asked || !signal.aborted ? undefined : stillKept(folder);
      if (pid === undefined) return;
      asked = true;
      process.kill(pid, 'SIGINT');
    };
    signal.addEventListener('abort', stop);
    try {
      await start([folder, program, ...args], { cwd, env: { ...env, ...added } });
      // Asked for in between too: the signal may come before there is a process.
      await follow(folder, line, stop);
      const { code } = JSON.parse(await readFile(join(folder, 'exit'), 'utf8').catch(() => '{"code":null}')) as Ended;
      return { code, stderr: await readFile(join(folder, 'stderr'), 'utf8').catch(() => '') };
    } finally {
      signal.removeEventListener('abort', stop);
    }
  };
}

/** The process id of a kept program that still runs; undefined where none does. */
export function stillKept(folder: string): number | undefined {
  if (existsSync(join(folder, 'exit'))) return undefined;
  const pid = pidOf(folder);
  return pid !== undefined && isAlive(pid) ? pid : undefined;
}

async function start(args: readonly string[], options: Pick<KeepOptions, 'cwd'> & { env: NodeJS.ProcessEnv }) {
  // In the background of a shell that is in a session of its own and ends: the keeper has no parent and no terminal.
  // Its signals are as they should be, as Node resets those that the shell ignores for what it starts.
  const shell = spawn('/bin/sh', ['-c', '"$0" "$@" </dev/null >/dev/null 2>&1 &', process.execPath, KEEPER, ...args], {
    ...options,
    detached: true,
    stdio: 'ignore',
  });
  await once(shell, 'exit');
}

async function follow(folder: string, line: (line: string) => void, between: () => void): Promise<void> {
  const isOver = overFor(folder);
  let offset = 0;
  let rest = '';
  for (;;) {
    // Looked at first: what was written before the end is read after it.
    const over = isOver();
    const read = await readFrom(join(folder, 'stdout'), offset);
    offset += read.length;
    const lines = (rest + read.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    for (const each of lines) line(Buffer.from(each, 'latin1').toString('utf8'));
    if (over) return;
    between();
    await delay(LOOK_MS);
  }
}

/** Whether the program ended, or died together with its keeper. */
function overFor(folder: string): () => boolean {
  let silentSince = Date.now();
  return () => {
    if (existsSync(join(folder, 'exit'))) return true;
    if (stillKept(folder) !== undefined) silentSince = Date.now();
    return Date.now() - silentSince > PATIENCE_MS;
  };
}

function pidOf(folder: string): number | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'pid'), 'utf8')) as number;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function readFrom(file: string, offset: number): Promise<Buffer> {
  if (!existsSync(file)) return Buffer.alloc(0);
  await using handle = await open(file);
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.max(0, size - offset)), 0, undefined, offset);
  return buffer.subarray(0, bytesRead);
}
