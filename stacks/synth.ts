import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { type App, Manifest } from 'cdktf';

import { gatehouse } from './app.ts';
import { type Environment } from './environments/index.ts';
import { checkInvariants, systemOf } from './invariants/index.ts';
import { type Block } from './terraform/synthesized.ts';

/** The part of CDKTF's manifest that is read here. */
interface Stacks {
  readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
}

/**
 * Writes the Terraform JSON of an environment: `<outdir>/manifest.json` and `<outdir>/stacks/<stack>/cdk.tf.json`.
 * Nothing is written when a check fails, so that what was there before stays whole. Other files in these folders
 * (Terraform's own) are left alone.
 *
 * @param outdir made where missing
 * @param build what to synthesize. @default the stacks of Gatehouse
 * @throws {InvariantError} where the result breaks a security invariant
 */
export function synthesize(environment: Environment, outdir: string, build: typeof gatehouse = gatehouse): void {
  mkdirSync(outdir, { recursive: true });
  // Inside the target, so that a file is put in place by renaming.
  const staging = mkdtempSync(join(outdir, '.synth-'));
  try {
    const app: App = build(environment, staging);
    app.synth();
    const { stacks } = read<Stacks>(join(staging, Manifest.fileName));
    const files = Object.entries(stacks).map(([name, { synthesizedStackPath: path }]) => ({ name, path }));
    // What is checked is what was written, down to overrides and aspects.
    const synthesized = files.map(({ name, path }) => ({ name, json: read<Block>(join(staging, path)) }));
    checkInvariants(systemOf(environment, synthesized));
    for (const path of [...files.map((file) => file.path), Manifest.fileName]) {
      mkdirSync(dirname(join(outdir, path)), { recursive: true });
      renameSync(join(staging, path), join(outdir, path));
    }
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
