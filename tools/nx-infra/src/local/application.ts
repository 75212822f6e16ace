import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

import { type BuildContext, type BuildFailure, context, formatMessages } from 'esbuild';

import { applicationBundle } from '../bundle/application-bundle.ts';
import { InfraError } from '../errors.ts';
import { freePort } from './preflight.ts';
import { watchedFolders } from './watch.ts';

export interface ApplicationOptions {
  /** The workspace. */
  readonly root: string;
  /** The entry file. */
  readonly main: string;
  /** Where the bundle is written. */
  readonly outfile: string;
}

const HOST = '127.0.0.1';
/** How long an application may take from its start until `/health/ready` answers. */
const READY_TIMEOUT_MS = 15_000;

/**
 * The application in development: built, started, and replaced by a newer build without an interruption. The old one
 * serves until the new one is ready; a build that fails, or that does not become ready, replaces nothing.
 */
export class Application {
  private current: { readonly process: ChildProcess; readonly url: URL } | undefined;
  private readonly children = new Set<ChildProcess>();
  private readonly inputs = new Set<string>();

  private constructor(
    private readonly build: BuildContext<{ metafile: true }>,
    private readonly options: ApplicationOptions,
  ) {
    // However this process ends, no application is left behind.
    process.once('exit', () => this.children.forEach((child) => child.kill('SIGKILL')));
  }

  /** Does not build yet. */
  static async create(options: ApplicationOptions): Promise<Application> {
    const build = await context({ ...applicationBundle(options), metafile: true as const });
    return new Application(build, options);
  }

  /** Where the running application listens. */
  get url(): URL | undefined {
    return this.current?.url;
  }

  /** The folders whose files went into the last build. */
  get folders(): readonly string[] {
    return watchedFolders(this.options.root, this.inputs);
  }

  /** @throws {InfraError} `APPLICATION_FAILED`, with the compiler's messages */
  async compile(): Promise<void> {
    try {
      const { metafile } = await this.build.rebuild();
      for (const input of Object.keys(metafile.inputs)) this.inputs.add(input);
    } catch (error) {
      const messages = await formatMessages((error as BuildFailure).errors ?? [{ text: String(error) }], {
        kind: 'error',
      });
      throw new InfraError('APPLICATION_FAILED', `The application does not compile:\n${messages.join('').trim()}`);
    }
  }

  /**
   * Starts what was compiled last, and ends the one before it when the new one is ready.
   *
   * @param environment all that the application sees, besides its port and the means to find Node
   * @throws {InfraError} `APPLICATION_FAILED`
   */
  async start(environment: Readonly<Record<string, string>>): Promise<void> {
    const port = await freePort(HOST);
    const url = new URL(`http://${HOST}:${port}`);
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', '--max-http-header-size=65536', this.options.outfile],
      {
        cwd: this.options.root,
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { PATH: process.env['PATH'], ...environment, HOST, PORT: String(port) },
      },
    );
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    try {
      await ready(child, url);
    } catch (error) {
      await end(child);
      throw error;
    }
    const previous = this.current;
    this.current = { process: child, url };
    if (previous !== undefined) await end(previous.process);
  }

  async close(): Promise<void> {
    await Promise.all([this.build.dispose(), this.current === undefined ? undefined : end(this.current.process)]);
    this.current = undefined;
  }
}

async function ready(child: ChildProcess, url: URL): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  const health = new URL('/health/ready', url);
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new InfraError(
        'APPLICATION_FAILED',
        `The application ended with code ${child.exitCode ?? child.signalCode} before it was ready. Its reason stands above.`,
      );
    }
    const ok = await fetch(health).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await delay(20);
  }
  throw new InfraError(
    'APPLICATION_FAILED',
    `The application did not answer ${health.href} with 200 in ${READY_TIMEOUT_MS} ms.`,
  );
}

/** As Ctrl-C does: at SIGTERM the application would drain first, for a load balancer that has long been told here. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  const kill = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(kill);
}
