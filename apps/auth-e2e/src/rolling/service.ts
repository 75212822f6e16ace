import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { ask } from '../ask.ts';
import { freePorts, type WorkspaceCopy } from '../workspace-copy.ts';
import { type Listening, type Registered } from './load-balancer.ts';

/** How long a load balancer goes on sending to a target that was deregistered: its nodes learn of it one by one. */
const NOTICE_MS = 1000;

interface Instance {
  readonly process: ChildProcess;
  readonly url: string;
}

/** Instances of the built application behind a load balancer, as a service of ECS keeps them. */
export class Service {
  #instances: readonly Instance[] = [];

  private constructor(
    private readonly loadBalancer: ChildProcess,
    private readonly bundle: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** @param variables of the application, besides those that the load balancer gives */
  static async start(
    copy: WorkspaceCopy,
    bundle: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<Service> {
    const program = join(import.meta.dirname, 'load-balancer.ts');
    const loadBalancer = fork(program, [String(copy.poolPort)], {
      cwd: copy.root,
      execArgv: ['--conditions=@gatehouse/source', '--import', 'tsx'],
      env: { PATH: process.env['PATH'], TSX_TSCONFIG_PATH: join(copy.root, 'tsconfig.base.json') },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [{ environment }] = (await once(loadBalancer, 'message')) as [Listening];
    const service = new Service(loadBalancer, bundle, { ...environment, ...variables });
    await service.#register(await Promise.all([service.#launch(), service.#launch()]));
    return service;
  }

  /** Replaces one instance after the other, as a deployment does. @returns the exit codes of the old ones */
  async roll(): Promise<readonly (number | null)[]> {
    const codes: (number | null)[] = [];
    for (const old of this.#instances) {
      const others = this.#instances.filter((instance) => instance !== old);
      // Deregistered and told to stop at the same moment: who is stopped so, hears of it before the load balancer acts.
      const exit = once(old.process, 'exit') as Promise<[number | null]>;
      old.process.kill('SIGTERM');
      await delay(NOTICE_MS);
      await this.#register(others);
      codes.push((await exit)[0]);
      await this.#register([...others, await this.#launch()]);
    }
    return codes;
  }

  async stop(): Promise<void> {
    const processes = [this.loadBalancer, ...this.#instances.map((instance) => instance.process)];
    await Promise.all(
      processes.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const exit = once(child, 'exit');
        child.kill('SIGKILL');
        await exit;
      }),
    );
  }

  async #register(instances: readonly Instance[]): Promise<void> {
    this.#instances = instances;
    const registered = once(this.loadBalancer, 'message');
    this.loadBalancer.send({ targets: instances.map(({ url }) => url) } satisfies Registered);
    await registered;
  }

  /** Starts an instance. @returns when it is ready */
  async #launch(): Promise<Instance> {
    const [port] = await freePorts(1);
    const url = `http://127.0.0.1:${port}`;
    const child = spawn(process.execPath, ['--max-http-header-size=65536', this.bundle], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { PATH: process.env['PATH'], ...this.environment, HOST: '127.0.0.1', PORT: String(port) },
    });
    for (let attempt = 0; attempt < 300; attempt++) {
      const answer = await ask(`${url}/health/ready`).catch(() => undefined);
      if (answer?.status === 200) return { process: child, url };
      await delay(50);
    }
    child.kill('SIGKILL');
    throw new Error(`the application at ${url} did not become ready`);
  }
}
