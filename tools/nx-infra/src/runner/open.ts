import { existsSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { cliConfiguration } from './cli-configuration.ts';
import { command } from './command.ts';
import { type InitializedFolders } from './initialized-folders.ts';
import { type Keep, keeping } from './keep.ts';
import { type KeptProviders } from './kept-providers.ts';
import { type ProviderProcess, startProvider } from './provider-process.ts';
import { impliedMirrors, type Provider, providerMirror } from './provider-mirror.ts';
import { withoutSecrets } from './secrets.ts';
import { Terraform } from './terraform.ts';
import { requireVersion, terraformMissing } from './version.ts';

/** Settings of Terraform's that would make a run depend on the shell it is started from, or print what is secret. */
const DISTURBING = /^TF_(LOG|DATA_DIR|WORKSPACE|CLI_ARGS|CLI_CONFIG_FILE|REATTACH_PROVIDERS)/;

/**
 * Terraform and its provider are Go programs that each live for seconds, most of which they would spend on collecting
 * the garbage of the provider's schema: planning takes a quarter less of a processor so. Above the limit they collect as
 * ever.
 *
 * Source: Go, "A Guide to the Go Garbage Collector".
 */
const GARBAGE = { GOGC: '400', GOMEMLIMIT: '1GiB' };

export interface OpenOptions {
  /** The provider that every stack needs. */
  readonly provider: Provider;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** What goes on running from one target to the next, also to apply. @default a provider of its own for each stack's plan */
  readonly providers?: KeptProviders;
  /** Folders that an earlier target prepared. @default none */
  readonly initialized?: InitializedFolders;
  /** @default the user's */
  readonly home?: string;
  /** @default /usr/share, /usr/local/share, /opt and the home folder */
  readonly roots?: readonly string[];
}

/** Terraform on this machine, ready to run. */
export interface OpenTerraform extends AsyncDisposable {
  readonly terraform: Terraform;
  readonly version: string;
  /**
   * Starts the provider of a folder that was initialized; undefined where that is left to Terraform.
   *
   * @param configured how often Terraform will configure it: `often` where one command does it more than once, as a plan
   *   to destroy does, or more than one command does it, which not every provider process bears. @default once
   */
  readonly startProvider: (folder: string, configured?: 'once' | 'often') => Promise<ProviderProcess | undefined>;
  /** Terraform, kept running whatever becomes of this process: to apply. */
  readonly keep: Keep;
  /** Takes out of what Terraform says what must not be shown. */
  readonly shown: (text: string) => string;
  /** The mirror that the provider is taken from; undefined where that is left to Terraform. */
  readonly mirror: string | undefined;
}

/**
 * Finds Terraform and its provider. Dispose of it when done.
 *
 * @throws {InfraError} `TERRAFORM_MISSING`, `TERRAFORM_TOO_OLD`
 */
export async function openTerraform({
  provider,
  env: given,
  signal,
  providers,
  initialized,
  home = homedir(),
  roots = ['/usr/share', '/usr/local/share', '/opt', home],
}: OpenOptions): Promise<OpenTerraform> {
  const own = given['TF_CLI_CONFIG_FILE'] ?? join(home, '.terraformrc');
  const mirror = providerMirror({ configuration: own, implied: impliedMirrors(home), roots }, provider);
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-terraform-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  // At once, as Nx kills a task soon after Ctrl-C: nothing is started after it, and what runs has read it.
  signal.addEventListener('abort', () => rmSync(folder, { recursive: true, force: true }), { once: true });
  try {
    const file = join(folder, 'terraformrc');
    // Terraform warns of a configuration that is missing on the same stream as its answers.
    const configuration = mirror === undefined ? own : file;
    const env = {
      ...GARBAGE,
      ...withoutDisturbing(given),
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      ...(mirror === undefined && !existsSync(own) ? {} : { TF_CLI_CONFIG_FILE: configuration }),
    };
    // The machine's own configuration goes in, and may hold a token.
    if (mirror !== undefined) await writeFile(file, cliConfiguration(own, mirror, provider), { mode: 0o600 });
    const run = command('terraform', { env, signal });
    const answer = await run(['version', '-json'], { cwd: folder }).catch((error: unknown) => {
      throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? terraformMissing(error) : error;
    });
    const version = requireVersion(answer.stdout);
    const shown = (text: string): string => withoutSecrets(text, given);
    const terraform = new Terraform(run, shown, initialized);
    const keep = keeping('terraform', { env, signal });
    const start: OpenTerraform['startProvider'] = async (folder, configured = 'once') => {
      // With a bundle of authorities, it fails where it is configured a second time.
      if (configured === 'often' && given['AWS_CA_BUNDLE'] !== undefined) return undefined;
      return (providers?.start ?? startProvider)({ folder, provider, env });
    };
    return {
      terraform,
      version,
      mirror,
      startProvider: start,
      keep: providers === undefined ? keep : sharing(keep, start),
      shown,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The same, but that what is kept speaks to a provider that runs already. */
function sharing(keep: Keep, start: OpenTerraform['startProvider']): Keep {
  return async (args, options) => {
    await using provider = await start(options.cwd);
    return await keep(args, provider === undefined ? options : { ...options, env: provider.env });
  };
}

function withoutDisturbing(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !DISTURBING.test(name)));
}
