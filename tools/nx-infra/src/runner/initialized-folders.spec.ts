import { lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { InitializedFolders } from './initialized-folders.ts';

const BACKEND = { backend: { s3: { bucket: 'states', key: 'prod/alb' } } };

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'initialized-'));
});
afterEach(() => rm(base, { recursive: true, force: true }));

async function folder(name: string, json: object = { terraform: BACKEND }, lock: string | undefined = 'hashes') {
  const path = join(base, name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'main.tf.json'), JSON.stringify(json));
  if (lock !== undefined) await writeFile(join(path, '.terraform.lock.hcl'), lock);
  return path;
}

/** A folder, and what `terraform init` leaves there. */
async function initialized(name: string, ...given: [object?, string?]): Promise<string> {
  const path = await folder(name, ...given);
  await mkdir(join(path, '.terraform', 'providers'), { recursive: true });
  await writeFile(join(path, '.terraform', 'terraform.tfstate'), name);
  await symlink('/mirror/provider', join(path, '.terraform', 'providers', 'linux_amd64'));
  return path;
}

const left = (path: string): Promise<string> => readFile(join(path, '.terraform', 'terraform.tfstate'), 'utf8');

describe('InitializedFolders', () => {
  it('gives a folder of the same kind what the first was given, with the provider as the link that it is', async () => {
    const folders = new InitializedFolders();
    await folders.remember(await initialized('plan', { terraform: BACKEND, resource: { aws_lb: {} } }));
    const drift = await folder('drift');
    expect(await folders.reuse(drift)).toBe(true);
    expect(await left(drift)).toBe('plan');
    expect((await lstat(join(drift, '.terraform', 'providers', 'linux_amd64'))).isSymbolicLink()).toBe(true);
  });

  it('puts it in the place of what was there for something else', async () => {
    const folders = new InitializedFolders();
    await folders.remember(await initialized('plan'));
    await initialized('drift', { terraform: { backend: { local: {} } } });
    const drift = await folder('drift');
    expect(await folders.reuse(drift)).toBe(true);
    expect(await left(drift)).toBe('plan');
  });

  it.each<[string, object, string]>([
    ['another backend', { terraform: { backend: { s3: { bucket: 'states', key: 'prod/ecs' } } } }, 'hashes'],
    ['other providers', { terraform: { ...BACKEND, required_providers: {} } }, 'hashes'],
    ['another lock file', { terraform: BACKEND }, 'other hashes'],
    ['modules to fetch', { terraform: BACKEND, module: { network: {} } }, 'hashes'],
    ['no settings', {}, 'hashes'],
  ])('is no help to a folder with %s', async (_what, json, lock) => {
    const folders = new InitializedFolders();
    await folders.remember(await initialized('plan'));
    expect(await folders.reuse(await folder('other', json, lock))).toBe(false);
  });

  it('does not take a folder for prepared that only says the same as one that nobody prepared', async () => {
    const folders = new InitializedFolders();
    const one = await initialized('left by an earlier command');
    expect(await folders.reuse(one)).toBe(false);
    expect(await folders.reuse(await folder('other'))).toBe(false);
  });

  it('knows its own folder again, and only while that is as it was', async () => {
    const folders = new InitializedFolders();
    const plan = await initialized('plan');
    await folders.remember(plan);
    expect(await folders.reuse(plan)).toBe(true);
    // Planned without a bucket in between.
    folders.forget(plan);
    expect(await folders.reuse(plan)).toBe(false);
    expect(await folders.reuse(await folder('drift'))).toBe(false);
  });

  it('needs what was left to be there still', async () => {
    const folders = new InitializedFolders();
    const plan = await initialized('plan');
    await folders.remember(plan);
    await rm(join(plan, '.terraform'), { recursive: true });
    expect(await folders.reuse(plan)).toBe(false);
    expect(await folders.reuse(await folder('drift'))).toBe(false);
  });

  it('remembers none without a lock file', async () => {
    const folders = new InitializedFolders();
    const plan = await initialized('plan');
    await rm(join(plan, '.terraform.lock.hcl'));
    await folders.remember(plan);
    expect(await folders.reuse(plan)).toBe(false);
  });
});
