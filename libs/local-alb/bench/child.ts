import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A part of the measurement in a process of its own, so that its memory and processor time are its own. */
export interface Child<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  /** Asks something of it; it answers with one message. */
  ask<Answer>(question: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts a file of this folder, and waits for its first message. */
export async function startChild<Ready>(file: string, given: unknown): Promise<Child<Ready>> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child: ChildProcess = fork(path, [JSON.stringify(given)], {
    execArgv: ['--expose-gc', '--conditions=@gatehouse/source', '--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // What Node warns of here was chosen: certificates of the measurement are nobody's.
    env: { ...process.env, NODE_NO_WARNINGS: '1' },
  });
  const [ready] = (await once(child, 'message')) as [Ready];
  return {
    ready,
    pid: child.pid ?? 0,
    ask: async <Answer>(question: string) => {
      child.send(question);
      return ((await once(child, 'message')) as [Answer])[0];
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

/** Megabytes that this process holds, after a collection. */
export function residentMegabytes(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 1e6;
}
