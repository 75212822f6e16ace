import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { KeptProviders } from './kept-providers.ts';
import { type OpenTerraform, openTerraform } from './open.ts';

const provider = { source: 'hashicorp/aws', version: '5.100.0' };

/** A Terraform that says its version, and puts the settings it was started with beside itself. */
const FAKE = `#!${process.execPath}
const { copyFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
writeFileSync(join(__dirname, 'env.json'), JSON.stringify(process.env));
if (process.env.TF_CLI_CONFIG_FILE) copyFileSync(process.env.TF_CLI_CONFIG_FILE, join(__dirname, 'used.tfrc'));
console.log(JSON.stringify({ terraform_version: process.env.FAKE_VERSION }));
`;

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gatehouse-open-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function installed(): Promise<void> {
  await mkdir(join(home, 'bin'));
  await writeFile(join(home, 'bin', 'terraform'), FAKE);
  await chmod(join(home, 'bin', 'terraform'), 0o755);
}
const mirrored = (): Promise<unknown> =>
  mkdir(join(home, 'mirror', 'registry.terraform.io', 'hashicorp', 'aws', '5.100.0'), { recursive: true });

const open = (
  env: NodeJS.ProcessEnv = {},
  signal = new AbortController().signal,
  providers?: KeptProviders,
): Promise<OpenTerraform> =>
  openTerraform({
    provider,
    ...(providers && { providers }),
    env: { PATH: join(home, 'bin'), FAKE_VERSION: '1.11.4', ...env },
    signal,
    home,
    roots: [home],
  });
const used = async (): Promise<Readonly<Record<string, string>>> =>
  JSON.parse(await readFile(join(home, 'bin', 'env.json'), 'utf8')) as Record<string, string>;

describe('openTerraform', () => {
  it('says that there is none', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'TERRAFORM_MISSING' });
  });

  it('refuses an old one', async () => {
    await installed();
    await expect(open({ FAKE_VERSION: '1.9.0' })).rejects.toMatchObject({ code: 'TERRAFORM_TOO_OLD' });
  });

  it('uses a mirror through a configuration that is gone afterwards', async () => {
    await installed();
    await mirrored();
    // A variable that names a missing file says nothing.
    const opened = await open({ TF_CLI_CONFIG_FILE: join(home, 'missing') });
    expect(opened.mirror).toBe(join(home, 'mirror'));
    expect(await readFile(join(home, 'bin', 'used.tfrc'), 'utf8')).toContain(join(home, 'mirror'));
    const file = (await used())['TF_CLI_CONFIG_FILE'] ?? '';
    expect(await readdir(join(file, '..'))).toEqual(['terraformrc']);
    await opened[Symbol.asyncDispose]();
    await expect(readdir(join(file, '..'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('leaves no configuration behind when it is ended, not even where it is killed then', async () => {
    await installed();
    await mirrored();
    const abort = new AbortController();
    await using opened = await open({}, abort.signal);
    expect(opened.mirror).toBe(join(home, 'mirror'));
    const file = (await used())['TF_CLI_CONFIG_FILE'] ?? '';
    expect(existsSync(file)).toBe(true);
    abort.abort();
    expect(existsSync(file)).toBe(false);
  });

  it('leaves a configuration that says where providers are', async () => {
    await installed();
    await mirrored();
    await writeFile(join(home, '.terraformrc'), 'provider_installation {\n  direct {}\n}\n');
    await using opened = await open();
    expect(opened.mirror).toBeUndefined();
    expect(await used()).toMatchObject({ TF_CLI_CONFIG_FILE: join(home, '.terraformrc') });
  });

  it('hands on no name of a configuration that is missing', async () => {
    await installed();
    await using opened = await open({ TF_CLI_CONFIG_FILE: join(home, 'missing') });
    expect(opened.mirror).toBeUndefined();
    expect(await used()).not.toHaveProperty('TF_CLI_CONFIG_FILE');
  });

  it('keeps out what would print secrets or join runs that are apart', async () => {
    await installed();
    await using opened = await open({ TF_LOG: 'trace', TF_DATA_DIR: '/shared', AWS_PROFILE: 'dev' });
    expect(opened.version).toBe('1.11.4');
    expect(await used()).toMatchObject({ AWS_PROFILE: 'dev', CHECKPOINT_DISABLE: '1' });
    const names = Object.keys(await used());
    expect(names.filter((name) => name === 'TF_LOG' || name === 'TF_DATA_DIR')).toEqual([]);
  });

  it('lets it collect garbage less often, unless the shell says how often', async () => {
    await installed();
    const start = async (env?: NodeJS.ProcessEnv) => (await open(env))[Symbol.asyncDispose]();
    await start();
    expect(await used()).toMatchObject({ GOGC: '400', GOMEMLIMIT: '1GiB' });
    await start({ GOGC: '50' });
    expect(await used()).toMatchObject({ GOGC: '50' });
  });

  it('leaves a provider to Terraform that could not be configured twice', async () => {
    await installed();
    const providers = new KeptProviders(() =>
      Promise.resolve({ env: { TF_REATTACH_PROVIDERS: 'begun' }, [Symbol.asyncDispose]: () => Promise.resolve() }),
    );
    await writeFile(join(home, 'main.tf.json'), '{ "provider": { "aws": [{}] } }');
    for (const [env, often] of [
      [{}, 'begun'],
      [{ AWS_CA_BUNDLE: '/etc/ssl/bundle.pem' }, undefined],
    ] as const) {
      await using opened = await open(env, undefined, providers);
      expect((await opened.startProvider(home))?.env['TF_REATTACH_PROVIDERS']).toBe('begun');
      expect((await opened.startProvider(home, 'often'))?.env['TF_REATTACH_PROVIDERS']).toBe(often);
    }
  });

  it('applies with a provider that runs already only where providers are kept', async () => {
    await installed();
    const folder = join(home, 'stack');
    await mkdir(folder);
    await writeFile(join(folder, 'main.tf.json'), '{ "provider": { "aws": [{}] } }');
    const kept = new KeptProviders(() =>
      Promise.resolve({ env: { TF_REATTACH_PROVIDERS: 'kept' }, [Symbol.asyncDispose]: () => Promise.resolve() }),
    );
    const applied = async (providers?: KeptProviders) => {
      await using opened = await open({}, undefined, providers);
      const { code } = await opened.keep(['apply'], { cwd: folder, folder: join(home, 'kept'), line: () => undefined });
      expect(code).toBe(0);
      return (await used())['TF_REATTACH_PROVIDERS'];
    };
    expect([await applied(), await applied(kept)]).toEqual([undefined, 'kept']);
  });
});
