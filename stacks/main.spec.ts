import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const workspace = fileURLToPath(new URL('..', import.meta.url));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-main-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: workspace, env: { ...process.env, GATEHOUSE_ENV: 'local', ...env } };
    execFile(process.execPath, program, options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });
}

const source = ['--import', 'tsx', main];
const output = (outdir: string) =>
  readdirSync(outdir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => [name, readFileSync(join(outdir, name), 'utf8')]);

describe('the program', () => {
  it('says nothing and writes the same whether it runs from source or as one bundled file', async () => {
    const bundle = join(folder, 'main.cjs');
    await build({
      entryPoints: [main],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
    });
    const [fromSource, fromBundle] = [join(folder, 'source'), join(folder, 'bundle')];
    const outcomes = await Promise.all([
      run(source, { CDKTF_OUTDIR: fromSource }),
      run([bundle], { CDKTF_OUTDIR: fromBundle }),
    ]);
    for (const outcome of outcomes) expect(outcome).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(output(fromBundle)).toEqual(output(fromSource));
    expect(output(fromSource)).toHaveLength(6);
  });

  it('answers an environment that is not there with one line, exit code 1 and nothing written', async () => {
    const outdir = join(folder, 'none');
    const { code, stdout, stderr } = await run(source, { GATEHOUSE_ENV: 'staging', CDKTF_OUTDIR: outdir });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^GATEHOUSE_ENV: "staging" is refused: [^\n]+\n$/);
    expect(readdirSync(folder)).not.toContain('none');
  });
});
