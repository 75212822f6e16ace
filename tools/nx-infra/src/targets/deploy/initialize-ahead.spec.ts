import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { InfraError } from '../../errors.ts';
import { type Finished } from '../../runner/command.ts';
import { Terraform } from '../../runner/terraform.ts';
import { Folders } from '../folder.ts';
import { initializeAhead } from './initialize-ahead.ts';

let root: string;
let folders: Folders;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ahead-'));
  folders = new Folders(root, 'test');
  for (const name of ['alb', 'ecs']) {
    await mkdir(dirname(folders.synthesized(name)), { recursive: true });
    await writeFile(folders.synthesized(name), `{"terraform":{"backend":{"s3":{"key":"${name}"}}}}`);
  }
  await mkdir(dirname(folders.lockFile), { recursive: true });
  await writeFile(folders.lockFile, '');
});
afterEach(() => rm(root, { recursive: true }));

/** A Terraform that leaves what an initialization leaves, or fails. */
function counting(code = 0): { readonly terraform: Terraform; readonly initialized: string[] } {
  const initialized: string[] = [];
  const run = async (_args: readonly string[], { cwd }: { readonly cwd: string }): Promise<Finished> => {
    initialized.push(cwd);
    await mkdir(join(cwd, '.terraform'), { recursive: true });
    return { code, stdout: '', stderr: 'no bucket' };
  };
  return { terraform: new Terraform(run, String), initialized };
}

const both = [{ name: 'alb' }, { name: 'ecs' }];

describe('initializeAhead', () => {
  it('prepares each, so that planning finds it done', async () => {
    const open = counting();
    await initializeAhead(both, { open, folders });
    expect(open.initialized).toEqual([folders.work('plan', 'alb'), folders.work('plan', 'ecs')]);
    expect(await readFile(join(folders.work('plan', 'ecs'), 'main.tf.json'), 'utf8')).toContain('"ecs"');
    await open.terraform.init(folders.work('plan', 'ecs'), { backend: true, lockFile: true });
    expect(open.initialized).toHaveLength(2);
  });

  it('does nothing that would be done again, as there is no lock file', async () => {
    await rm(folders.lockFile);
    const open = counting();
    await initializeAhead(both, { open, folders });
    expect(open.initialized).toEqual([]);
  });

  it('leaves it to planning to tell what fails', async () => {
    const open = counting(1);
    await expect(initializeAhead(both, { open, folders })).resolves.toBeUndefined();
    expect(open.initialized).toHaveLength(1);
    const again = open.terraform.init(folders.work('plan', 'alb'), { backend: true, lockFile: true });
    await expect(again).rejects.toThrow(InfraError);
  });
});
