import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { InfraError } from '../errors.ts';
import { type SynthesizedStacks, readManifest } from './manifest.ts';
import { bundleStacks } from './program.ts';

export interface SynthesizeOptions {
  /** The workspace. */
  readonly root: string;
  /** One of `stacks/environments`. */
  readonly environment: string;
}

export interface Synthesized {
  readonly stacks: SynthesizedStacks;
  /** The source files, relative to the workspace. */
  readonly inputs: readonly string[];
}

/**
 * Runs the CDKTF application for one environment and reads what it wrote.
 *
 * The application is bundled first: loading cdktf and the provider's resources file by file takes longer than bundling
 * them and loading one file (`npm run bench` has the figures). The output folder is replaced only when all went well.
 *
 * @throws {InfraError} `SYNTH_FAILED`, with the lines the application printed; `MANIFEST_INVALID`
 */
export async function synthesize({ root, environment }: SynthesizeOptions): Promise<Synthesized> {
  const base = join(root, 'cdktf.out');
  await mkdir(base, { recursive: true });
  const work = await mkdtemp(join(base, '.synth-'));
  try {
    const program = join(work, 'program.mjs');
    const outdir = join(work, 'out');
    const inputs = await bundleStacks(root, program);
    await run(program, { cwd: root, environment, outdir });
    const stacks = await readManifest(
      JSON.parse(await readFile(join(outdir, 'manifest.json'), 'utf8')),
      async (path) => JSON.parse(await readFile(join(outdir, path), 'utf8')) as unknown,
    );
    const target = outputFolder(root, environment);
    await rm(target, { recursive: true, force: true });
    await rename(outdir, target);
    return { stacks, inputs };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Where the Terraform JSON of an environment lies. */
export function outputFolder(root: string, environment: string): string {
  return join(root, 'cdktf.out', environment);
}

interface Run {
  readonly cwd: string;
  readonly environment: string;
  readonly outdir: string;
}

async function run(program: string, { cwd, environment, outdir }: Run): Promise<void> {
  const child = spawn(process.execPath, [program], {
    cwd,
    stdio: ['ignore', 'inherit', 'pipe'],
    env: { ...process.env, GATEHOUSE_ENV: environment, CDKTF_OUTDIR: outdir, NODE_OPTIONS: '' },
  });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [code, stderr] = await Promise.all([exit, text(child.stderr)]);
  if (code !== 0) throw new InfraError('SYNTH_FAILED', stderr.trim() || `The stacks' program ended with code ${code}.`);
}
