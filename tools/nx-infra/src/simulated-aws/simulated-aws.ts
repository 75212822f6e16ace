import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { InfraError } from '../errors.ts';
import { freePort } from '../local/preflight.ts';
import { type AwsEnvironment, simulatedEnvironment } from './environment.ts';
import { pythonWithMoto } from './python.ts';

const SERVER = join(import.meta.dirname, 'moto', 'server.py');
const HOST = '127.0.0.1';
/** Loading moto takes 2 s on a quiet machine. */
const PATIENCE_MS = 60_000;
const INSTALL = "python3 -m pip install 'moto[server]==5.2.*'";
/** Exit codes of `server.py`. */
const NOT_LOADED = 3;
const NOT_AS_EXPECTED = 4;

export interface SimulatedAwsOptions {
  /** The twelve digits of the account that it is. */
  readonly account: string;
  readonly region: string;
  /** Hosted zones that the account has already: names by id. @default none */
  readonly hostedZones?: Readonly<Record<string, string>>;
  /** A file for the requests that it is sent, one a line, without their bodies. @default not kept */
  readonly log?: string;
}

/** An AWS on this machine. Empty but for what the options say. */
export interface SimulatedAws extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** The variables that lead the SDKs, Terraform and its provider there. */
  readonly env: AwsEnvironment;
}

/**
 * Starts it on a free port: moto, with what it lacks for the stacks (`moto/`). It ends with this process at the latest.
 *
 * @throws {InfraError} `SIMULATOR_MISSING`, `SIMULATOR_FAILED`
 */
export async function simulatedAws(options: SimulatedAwsOptions): Promise<SimulatedAws> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-simulated-aws-'));
  const log = options.log ?? join(folder, 'log');
  const port = await freePort(HOST);
  const server = start(options, port, log);
  const stop = async (): Promise<void> => {
    const ended = isRunning(server) ? once(server, 'exit') : undefined;
    server.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  // Not `localhost`: of that, the provider makes the names of buckets that do not resolve.
  const endpoint = `http://${HOST}:${port}`;
  try {
    await answering(endpoint, server);
  } catch (error) {
    const said = await readFile(log, 'utf8');
    await stop();
    throw failure(server.exitCode, said.trim(), error);
  }
  return { endpoint, env: simulatedEnvironment(endpoint, options.region), [Symbol.asyncDispose]: stop };
}

function start({ account, hostedZones = {} }: SimulatedAwsOptions, port: number, log: string): ChildProcess {
  const zones = Object.entries(hostedZones).flatMap(([id, name]) => ['--hosted-zone', `${id}=${name}`]);
  const output = openSync(log, 'a', 0o600);
  try {
    return spawn(pythonWithMoto(process.env), [SERVER, '--account', account, '--port', String(port), ...zones], {
      env: { ...withoutMoto(process.env), PYTHONDONTWRITEBYTECODE: '1', PYTHONUNBUFFERED: '1' },
      // Ctrl-C of a terminal goes to all of a group: Terraform has to save its state here before this ends.
      detached: true,
      // The input is a pipe that ends with this process, however that ends; the server ends with it.
      stdio: ['pipe', output, output],
    });
  } finally {
    closeSync(output);
  }
}

/** Settings of the shell would make it another simulator. */
function withoutMoto(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('MOTO_')));
}

/** Rejects when the process cannot be started, ends, or takes too long. */
async function answering(endpoint: string, server: ChildProcess): Promise<void> {
  const failed = new Promise<never>((_resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`It ended with code ${code}.`)));
  });
  // Once it answers, nobody waits for this any more.
  failed.catch(() => undefined);
  const end = Date.now() + PATIENCE_MS;
  while (!(await Promise.race([answers(endpoint), failed]))) {
    if (Date.now() > end) throw new Error(`It did not answer within ${PATIENCE_MS / 1000} s.`);
    await Promise.race([delay(100), failed]);
  }
}

function answers(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/moto-api/data.json`).then(
    async (answer) => (await answer.arrayBuffer(), answer.ok),
    () => false,
  );
}

function isRunning(server: ChildProcess): boolean {
  return server.pid !== undefined && server.exitCode === null && server.signalCode === null;
}

function failure(code: number | null, said: string, cause: unknown): InfraError {
  if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
    return new InfraError(
      'SIMULATOR_MISSING',
      `There is no python3 on the path, and the simulated AWS is written in it. Install Python 3.10 or newer, then: ${INSTALL}`,
      { cause },
    );
  }
  switch (code) {
    case NOT_LOADED:
      return new InfraError(
        'SIMULATOR_MISSING',
        `The simulated AWS is moto, which python3 cannot load. Install it: ${INSTALL}\n${said}`,
        { cause },
      );
    case NOT_AS_EXPECTED:
      return new InfraError(
        'SIMULATOR_FAILED',
        `${said}\nWhat it simulates would not be what was tested. Install that version: ${INSTALL}`,
        { cause },
      );
    default:
      return new InfraError(
        'SIMULATOR_FAILED',
        `The simulated AWS did not start: ${(cause as Error).message}\n${said}`.trim(),
        { cause },
      );
  }
}
