import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { type WorkspaceCopy } from './workspace-copy.ts';

/** A running `nx serve auth`. */
export interface Served {
  /** The application's origin, as a browser sees it. */
  readonly url: string;
  /** The address of the application behind the load balancer, at this moment. */
  applicationUrl(): string;
  /** The load balancer's inspector. */
  inspectorUrl(): string;
  /** The id of the user pool. */
  poolId(): string;
  /** The page of the user pool's mails. */
  inboxUrl(): string;
  /** Lets things go wrong in the load balancer, in place of what did before, with the command that is printed. */
  setFaults(faults: Readonly<Record<string, unknown>>): Promise<void>;
  /** All that was printed until now, without colours. */
  output(): string;
  /** Waits for a line that matches. */
  printed(pattern: RegExp, timeoutMs?: number): Promise<void>;
  /** As Ctrl-C does. @returns the exit code */
  stop(): Promise<number | null>;
}

export async function serveAuth(copy: WorkspaceCopy): Promise<Served> {
  const nx = startNx(copy, ['serve', 'auth', `--poolPort=${copy.poolPort}`]);
  const served: Served = {
    url: `https://app.localhost:${copy.httpsPort}`,
    applicationUrl: () => {
      const addresses = [
        ...nx.output().matchAll(/(?:Application +|(?:re)?started at |reloaded at )(http:\/\/127\.0\.0\.1:\d+)/g),
      ];
      return addresses.at(-1)?.[1] ?? '';
    },
    inspectorUrl: () => /Inspector +(\S+)/.exec(nx.output())?.[1] ?? '',
    poolId: () => /User pool .*\((\S+);/.exec(nx.output())?.[1] ?? '',
    inboxUrl: () => /Inbox +(\S+)/.exec(nx.output())?.[1] ?? '',
    setFaults: async (faults) => {
      const [, tokenFile = '', address = ''] = /\$\(cat '([^']+)'\).* (http:\S+\/faults)$/m.exec(nx.output()) ?? [];
      const token = await readFile(tokenFile, 'utf8');
      const body = JSON.stringify(faults);
      const answer = await fetch(address, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token.trim()}` },
        body,
      });
      if (!answer.ok) throw new Error(`The faults were not taken: ${await answer.text()}`);
    },
    output: () => nx.output(),
    printed: (pattern, timeoutMs) => nx.printed(pattern, timeoutMs),
    stop: async () => {
      nx.signal('SIGINT');
      return nx.exit;
    },
  };
  // The last line of what is said when all is ready.
  await served.printed(/Stop +Ctrl-C/, 90_000);
  // A test that finds nobody listening would not say why.
  void nx.exit.then((code) => {
    if (!nx.signalled()) console.error(`nx serve auth ended with ${code} by itself:\n${nx.output().slice(-10_000)}`);
  });
  return served;
}

export interface NxProcess {
  readonly exit: Promise<number | null>;
  output(): string;
  printed(pattern: RegExp, timeoutMs?: number): Promise<void>;
  /** Signals the whole process group, as a terminal does. */
  signal(signal: NodeJS.Signals): void;
  /** Whether it was ever signalled. */
  signalled(): boolean;
}

const running = new Set<NxProcess>();

/** Ends whatever a test has started and, having failed, not stopped. */
export async function stopAll(): Promise<void> {
  for (const nx of running) nx.signal('SIGINT');
  await Promise.all([...running].map((nx) => nx.exit));
}

export function startNx(copy: WorkspaceCopy, args: readonly string[]): NxProcess {
  const child: ChildProcess = spawn(process.execPath, [join('node_modules', 'nx', 'dist', 'bin', 'nx.js'), ...args], {
    cwd: copy.root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      NX_DAEMON: 'false',
      // What is built in a copy, whose packages lie elsewhere, is not what the workspace would have built.
      NX_CACHE_DIRECTORY: join(copy.root, '.nx', 'cache'),
      NODE_OPTIONS: '',
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
    },
  });
  let output = '';
  let signalled = false;
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      output += stripVTControlCharacters(chunk);
      for (const listener of listeners) listener();
    });
  }
  const exit = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  const started: NxProcess = {
    exit,
    output: () => output,
    printed: (pattern, timeoutMs = 30_000) =>
      new Promise((resolve, reject) => {
        const done = (error?: Error): void => {
          clearTimeout(timer);
          listeners.delete(check);
          if (error === undefined) resolve();
          else reject(error);
        };
        const check = (): void => {
          if (pattern.test(output)) done();
        };
        const timer = setTimeout(() => done(new Error(`No ${pattern} in ${timeoutMs} ms:\n${output}`)), timeoutMs);
        void exit.then((code) => done(new Error(`nx ended with ${code} before ${pattern}:\n${output}`)));
        listeners.add(check);
        check();
      }),
    signalled: () => signalled,
    signal: (signal) => {
      signalled = true;
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
    },
  };
  running.add(started);
  void exit.then(() => running.delete(started));
  return started;
}
