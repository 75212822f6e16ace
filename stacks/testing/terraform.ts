import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { impliedMirrors, type Provider, providerMirror } from './provider-mirror.ts';

const execute = promisify(execFile);

/** What `terraform validate -json` answers, as far as it is read here. */
export interface Validation {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly severity: string; readonly summary: string; readonly detail?: string }[];
}

/** Terraform cannot be run here, or has no provider: no statement about the stacks. */
export class TerraformUnavailable extends Error {
  override readonly name = 'TerraformUnavailable';
}

/**
 * Validates the configuration in a folder with the real provider, from a mirror on this machine or the registry. Needs
 * no credentials and touches no state.
 *
 * @throws {TerraformUnavailable}
 */
export async function validate(folder: string): Promise<Validation> {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', ...mirrorSettings(folder) };
  const options = { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 };
  try {
    await execute('terraform', ['init', '-backend=false', '-lockfile=readonly', '-input=false', '-no-color'], options);
  } catch (error) {
    throw new TerraformUnavailable(`terraform init: ${messageOf(error)}`);
  }
  try {
    const { stdout } = await execute('terraform', ['validate', '-json'], options);
    return JSON.parse(stdout) as Validation;
  } catch (error) {
    // An invalid configuration is exit code 1 with the answer on the standard output all the same.
    const { stdout } = error as { readonly stdout?: string };
    if (stdout?.startsWith('{')) return JSON.parse(stdout) as Validation;
    throw error;
  }
}

function mirrorSettings(folder: string): Readonly<Record<string, string>> {
  const home = homedir();
  const configuration = process.env['TF_CLI_CONFIG_FILE'] ?? join(home, '.terraformrc');
  const roots = ['/usr/share', '/usr/local/share', '/opt', home];
  const mirror = providerMirror({ configuration, implied: impliedMirrors(home), roots }, lockedProvider());
  if (mirror === undefined) return {};
  const file = join(folder, 'mirror.tfrc');
  writeFileSync(file, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`);
  return { TF_CLI_CONFIG_FILE: file };
}

function lockedProvider(): Provider {
  const lock = readFileSync(new URL('../.terraform.lock.hcl', import.meta.url), 'utf8');
  const [, source, version] =
    /^provider "registry\.terraform\.io\/([^"]+)" \{\n\s*version\s*= "([^"]+)"/m.exec(lock) ?? [];
  if (source === undefined) throw new Error('The lock file holds no provider.');
  return { source, version };
}

function messageOf(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message?: string };
  return (stderr || message || String(error)).trim();
}
