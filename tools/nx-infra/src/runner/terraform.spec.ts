import { describe, expect, it } from '@jest/globals';

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
