import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { type ServerReady, type ServerRequest } from './messages.ts';

/** A server in a process of its own, so that the load is not made on the thread that bears it. */
export class RunningServer {
  private constructor(
    private readonly child: ChildProcess,
    readonly ready: ServerReady,
  ) {}

  static async start(request: ServerRequest): Promise<RunningServer> {
    const child = fork(join(import.meta.dirname, 'server.ts'), [JSON.stringify(request)], {
      // Its log is written as in production, and not read.
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = once(child, 'exit').then(([code]: unknown[]): never => {
      throw new Error(`the server ended with code ${String(code)} before it listened`);
    });
    const [ready] = (await Promise.race([once(child, 'message'), ended])) as [ServerReady];
    ended.catch(() => undefined);
    return new RunningServer(child, ready);
  }

  /** What the server's process has used of the processor so far. */
  async cpuSeconds(): Promise<number> {
    this.child.send('cpu');
    const [seconds] = (await once(this.child, 'message')) as [number];
    return seconds;
  }

  async stop(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.disconnect();
    await exit;
  }
}
