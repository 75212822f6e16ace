import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
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
 * them and loading one file (`npm run bench` has the figures). What was there before is replaced only when all went well,
 * and only file by file: Terraform's own files beside the JSON stay.
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
    await publish(outdir, outputFolder(root, environment));
    return { stacks, inputs };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Where the Terraform JSON of an environment lies. */
export function outputFolder(root: string, environment: string): string {
  return join(root, 'cdktf.out', environment);
}

async function publish(from: string, to: string): Promise<void> {
  const isCurrent = new Set(await filesBelow(from));
  for (const file of isCurrent) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await rename(join(from, file), join(to, file));
  }
  const stale = (await filesBelow(to)).filter((file) => basename(file) === 'cdk.tf.json' && !isCurrent.has(file));
  await Promise.all(stale.map((file) => rm(join(to, file))));
}

/** Relative to the folder. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
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
