import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { type Provider } from './provider-mirror.ts';

/** More than a cold start of the AWS provider (700 MB) from a slow disk takes. */
const PATIENCE_MS = 20_000;
const ANNOUNCEMENT = /TF_REATTACH_PROVIDERS='([^']+)'/;

/** A provider that runs by itself, for several commands of Terraform to speak to. */
export interface ProviderProcess extends AsyncDisposable {
  /** What tells Terraform of it: variables of its environment. */
  readonly env: Readonly<Record<string, string>>;
}

export interface ProviderProcessOptions {
  /** A folder in which `terraform init` installed the provider, and held it against the lock file. */
  readonly folder: string;
  readonly provider: Provider;
  /** The environment that Terraform itself would hand on. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Starts an installed provider, so that the commands for one stack do not each start it several times.
 *
 * A process is for one stack: the AWS provider can be configured only once (a second time it fails where `AWS_CA_BUNDLE`
 * is set, and would mix up what the stacks configure differently, such as their tags).
 *
 * Source: Terraform, "Debugging Providers", "Debugger-Based Debugging".
 *
 * @returns undefined where it does not start: then Terraform starts it, and says what is wrong with it
 */
export async function startProvider(options: ProviderProcessOptions): Promise<ProviderProcess | undefined> {
  const program = await installed(options);
  if (program === undefined) return undefined;
  // Whoever can reach the socket can use the credentials: in a folder that only this user may enter (mkdtemp: 0700).
  const sockets = await mkdtemp(join(tmpdir(), 'gatehouse-provider-'));
  const child = spawn(program, ['-debug'], {
    // Its log, which holds requests, is neither written nor kept.
    env: { ...options.env, PLUGIN_UNIX_SOCKET_DIR: sockets, TF_LOG: 'OFF', TF_LOG_PROVIDER: 'OFF' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = Promise.race([once(child, 'exit'), once(child, 'error')]).catch(() => undefined);
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const dispose = async (): Promise<void> => {
    process.off('exit', kill);
    kill();
    await gone;
    await rm(sockets, { recursive: true, force: true });
  };
  const lines = createInterface(child.stdout);
  const announced = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const found = ANNOUNCEMENT.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const abort = new AbortController();
  const late = new Promise<undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE_MS);
    abort.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  const reattach = await Promise.race([announced, gone.then(() => undefined), late]);
  abort.abort();
  if (reattach === undefined) {
    await dispose();
    return undefined;
  }
  return { env: { TF_REATTACH_PROVIDERS: reattach }, [Symbol.asyncDispose]: dispose };
}

/** Where Terraform puts a provider: `.terraform/providers/<host>/<source>/<version>/<platform>/`. */
async function installed({ folder, provider }: ProviderProcessOptions): Promise<string | undefined> {
  if (provider.version === undefined) return undefined;
  const versions = join(folder, '.terraform', 'providers', 'registry.terraform.io', ...provider.source.split('/'));
  const [platform, ...others] = await namesIn(join(versions, provider.version));
  if (platform === undefined || others.length > 0) return undefined;
  const files = await namesIn(join(versions, provider.version, platform));
  const program = files.find((name) => name.startsWith('terraform-provider-'));
  return program === undefined ? undefined : join(versions, provider.version, platform, program);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
