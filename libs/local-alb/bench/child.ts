import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { compiled } from './compiled.ts';

/** A part of the measurement in a process of its own, so that its memory and processor time are its own. */
export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  /** Asks something of it; it answers with one message. */
  ask<Answer>(question: string): Promise<Answer>;
  stop(): Promise<void>;
}

/**
 * An open WebSocket takes two files of the load balancer: so many as the system lets a process have, and more where this
 * user may ask for more.
 */
const moreFiles = 'ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -H -n)"; exec "$0" "$@"';

/** Starts a file of this folder, and waits for its first message. Throws when it ends before that. */
export async function startChild<Ready>(file: string, given: unknown): Promise<Child<Ready>> {
  await using program = await compiled(fileURLToPath(new URL(file, import.meta.url)));
  const child: ChildProcess = fork(program.file, [JSON.stringify(given)], {
    execPath: '/bin/sh',
    execArgv: ['-c', moreFiles, process.execPath, '--expose-gc'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // What Node warns of here was chosen: certificates of the measurement are nobody's.
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const ended = once(child, 'exit').then(([code]: unknown[]): never => {
    throw new Error(`${file} ended with code ${String(code)}`);
  });
  ended.catch(() => undefined);
  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [Ready];
  return {
    ready,
    pid: child.pid ?? 0,
    ask: async <Answer>(question: string) => {
      child.send(question);
      return ((await Promise.race([once(child, 'message'), ended])) as [Answer])[0];
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const exit = once(child, 'exit');
      child.kill();
      await exit;
    },
  };
}

/** In the child: what it was given. */
export function given<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

/** In the child: tells that it is ready, and answers what is asked. */
export function serve(ready: unknown, answers: Readonly<Record<string, () => unknown>>): void {
  process.on('message', (question: string) => process.send?.(answers[question]?.() ?? {}));
  process.on('disconnect', () => process.exit(0));
  process.send?.(ready);
}

/** How many files the system lets this process have open; `undefined` where there is no /proc. */
export function openFilesLimit(): number | undefined {
  try {
    const [, limit] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return limit === undefined ? undefined : Number(limit);
  } catch {
    return undefined;
  }
}

/** Megabytes that this process holds, after a collection. */
export function residentMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
}
