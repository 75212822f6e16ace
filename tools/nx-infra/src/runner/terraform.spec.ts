import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { type Finished } from './command.ts';
import { Terraform } from './terraform.ts';

function terraform(finished: Partial<Finished>): { readonly terraform: Terraform; readonly calls: string[][] } {
  const calls: string[][] = [];
  const run = (args: readonly string[], { cwd }: { readonly cwd: string }): Promise<Finished> => {
    calls.push([cwd, ...args]);
    return Promise.resolve({ code: 0, stdout: '', stderr: '', ...finished });
  };
  return { terraform: new Terraform(run, (text) => text.replaceAll('canary', '(secret)')), calls };
}

describe('Terraform', () => {
  it('opens no state where none is wanted, and keeps to a lock file', async () => {
    const { terraform: tool, calls } = terraform({});
    await tool.init('/a', { backend: false, lockFile: true });
    await tool.init('/b', { backend: true, lockFile: false });
    expect(calls).toEqual([
      ['/a', 'init', '-input=false', '-no-color', '-backend=false', '-lockfile=readonly'],
      ['/b', 'init', '-input=false', '-no-color', '-reconfigure'],
    ]);
  });

  describe('in folders of one backend, one set of providers and one lock file', () => {
    const both = { backend: true, lockFile: true };
    let plan: string;
    let drift: string;
    beforeEach(async () => {
      const base = await mkdtemp(join(tmpdir(), 'terraform-'));
      plan = join(base, 'plan');
      drift = join(base, 'drift');
      for (const folder of [plan, drift]) {
        // What it leaves there, as nothing is really run.
        await mkdir(join(folder, '.terraform'), { recursive: true });
        await writeFile(join(folder, 'main.tf.json'), '{"terraform":{}}');
        await writeFile(join(folder, '.terraform.lock.hcl'), '');
      }
    });
    afterEach(() => rm(dirname(plan), { recursive: true }));

    it('initializes one', async () => {
      const { terraform: tool, calls } = terraform({});
      await tool.init(plan, both);
      await tool.sharing({ env: {}, [Symbol.asyncDispose]: () => Promise.resolve() }).init(drift, both);
      await tool.init(plan, both);
      expect(calls.map(([folder]) => folder)).toEqual([plan]);
    });

    it('initializes each where nothing is opened, or there is no lock file to keep to', async () => {
      const { terraform: tool, calls } = terraform({});
      await tool.init(plan, both);
      await tool.init(drift, { backend: false, lockFile: true });
      await tool.init(plan, { backend: true, lockFile: false });
      expect(calls).toHaveLength(3);
    });

    it('remembers none where it failed', async () => {
      const { terraform: tool, calls } = terraform({ code: 1, stderr: 'no bucket' });
      await expect(tool.init(plan, both)).rejects.toThrow('no bucket');
      await expect(tool.init(plan, both)).rejects.toThrow('no bucket');
      expect(calls).toHaveLength(2);
    });
  });

  it('says what Terraform said, without secrets', async () => {
    const failing = terraform({ code: 1, stderr: 'Error: no canary here\n' }).terraform;
    await expect(failing.plan('/a', { out: 'p', variables: {} })).rejects.toMatchObject({
      code: 'TERRAFORM_FAILED',
      message: 'terraform plan: Error: no (secret) here',
    });
  });

  it('takes an invalid configuration for an answer', async () => {
    const stdout = JSON.stringify({
      valid: false,
      diagnostics: [{ severity: 'error', summary: 'Bad', detail: 'canary' }],
    });
    const { terraform: tool } = terraform({ code: 1, stdout });
    expect(await tool.validate('/a')).toEqual([{ severity: 'error', summary: 'Bad', detail: '(secret)' }]);
  });

  it('takes no answer for a failure', async () => {
    const { terraform: tool } = terraform({ code: 1, stdout: 'not JSON', stderr: 'no provider' });
    await expect(tool.validate('/a')).rejects.toMatchObject({ message: 'terraform validate: no provider' });
    await expect(terraform({ code: null }).terraform.show('/a', 'p')).rejects.toMatchObject({
      message: 'terraform show: It ended with code null and said nothing.',
    });
    await expect(terraform({ stdout: '[]' }).terraform.outputs('/a')).rejects.toMatchObject({
      code: 'TERRAFORM_FAILED',
    });
  });

  it('hands variables on', async () => {
    const { terraform: tool, calls } = terraform({});
    await tool.plan('/a', { out: 'p', variables: { image_digest: 'sha256:0' } });
    expect(calls[0]).toContain('-var=image_digest=sha256:0');
  });
});
