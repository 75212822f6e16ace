import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

import { type Review, verdictLine } from '@gatehouse/plan-review';

import { InfraError } from '../../errors.ts';
import { command } from '../../runner/command.ts';
import { type Terraform } from '../../runner/terraform.ts';
import { commitOf, treeOf } from '../commit.ts';
import { Folders } from '../folder.ts';
import { planStacks, type PlanTargetOptions } from '../plan/plan.ts';
import { imageDigest } from '../plan/variables.ts';
import { openSession } from '../session.ts';
import { outline } from '../state.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { failing, type FailOn } from './fail-on.ts';
import { readOver } from './read-over.ts';
import { hash, hashOf, MANIFEST, type ReviewManifest } from './review-manifest.ts';
import { removeReview, writeReview } from './written.ts';

export interface ReviewOptions extends Omit<PlanTargetOptions, 'stack'> {
  /** Where to, relative to the workspace. @default cdktf.out/<env>/review */
  readonly out?: string;
  /** The verdict from which on the target fails. @default stop */
  readonly failOn?: FailOn;
  /** In UTC, as 2026-11-22, for the expiry of waivers. @default the day it is */
  readonly today?: string;
}

const FILES = ['plan.tfplan', 'plan.json', 'assumptions.json'] as const;

/**
 * `infra:review`: plans every stack, says what the plans change for whom, and keeps them together with what they were
 * made of, so that `infra:deploy --plans` applies these and no others.
 *
 * Like every plan file, the kept ones hold the states: only their owner reads them. What is written of the review holds
 * no secret.
 *
 * @throws {InfraError} `REVIEW_FAILED` for a verdict that fails, after all is written; `REVIEW_REFUSED`
 */
export async function review(options: ReviewOptions, context: TargetContext): Promise<TargetResult> {
  const { root, env, failOn = 'stop', today = new Date().toISOString().slice(0, 10) } = options;
  const { progress, signal } = context;
  const digest = imageDigest(options.imageDigest, process.env);
  const verdicts = failing(failOn);
  const git = command('git', { env: process.env, signal });
  const commit = await commitOf(root, git);
  const tree = await treeOf(root, git);
  const folders = new Folders(root, env);
  const out = resolve(root, options.out ?? join(folders.output, 'review'));
  // Whatever happens now, no review of before is taken for this one.
  await rm(join(out, MANIFEST), { force: true });
  await removeReview(out);
  await using session = await openSession({ root, env }, context);
  const plans = await planStacks(session, digest, context);
  const reviewed = await progress.step(
    env,
    'review',
    () => readOver(plans, { root, env, folders, today }),
    ({ verdict }) => verdict,
  );
  const stacks = await progress.step(env, 'keep', async () => {
    const kept: Record<string, ReviewManifest['stacks'][string]> = {};
    for (const name of plans.keys()) kept[name] = await keep(name, folders, out, session.open.terraform);
    return kept;
  });
  await writeReview(reviewed, out);
  const manifest: ReviewManifest = {
    version: 1,
    environment: env,
    commit,
    tree,
    lockFile: await hashOf(folders.lockFile),
    imageDigest: digest ?? null,
    stacks,
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFile(join(out, MANIFEST), text, { mode: 0o600 });
  const result = report(manifest, reviewed, relative(root, out), hash(text));
  if (verdicts.includes(reviewed.verdict)) throw new InfraError('REVIEW_FAILED', result.message);
  return result;
}

async function keep(
  name: string,
  folders: Folders,
  out: string,
  terraform: Terraform,
): Promise<ReviewManifest['stacks'][string]> {
  const to = join(out, name);
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  for (const folder of [out, to]) await chmod(folder, 0o700);
  for (const file of FILES) {
    const from = join(folders.plans, name, file);
    if ((await hashOf(from)) === null) continue;
    await copyFile(from, join(to, file));
    await chmod(join(to, file), 0o600);
  }
  const planned = await hashOf(join(to, 'plan.tfplan'));
  // Read after the plan: where the state moved in between, Terraform itself refuses the plan.
  const state = planned === null ? undefined : outline(await terraform.state(folders.work('plan', name)));
  return {
    json: hash(await readFile(folders.synthesized(name))),
    plan: planned,
    state: state === undefined ? null : { lineage: state.lineage, serial: state.serial },
  };
}

function report(manifest: ReviewManifest, reviewed: Review, folder: string, sum: string): TargetResult {
  const { environment, stacks } = manifest;
  const names = (isReal: boolean): readonly string[] =>
    Object.entries(stacks)
      .filter(([, { plan: planned }]) => (planned !== null) === isReal)
      .map(([name]) => name);
  const [real, assumed] = [names(true), names(false)];
  return {
    message: [
      `${verdictLine(reviewed).replaceAll('**', '')} It is in ${folder}/review.md.`,
      `Reviewed ${environment} at ${manifest.commit.slice(0, 12)}: ${folder}/${MANIFEST} (sha256 ${sum}).`,
      real.length > 0
        ? `Can be applied: ${real.join(', ')}, with nx run infra:deploy --env=${environment} --plans=${folder}`
        : 'Nothing of it can be applied yet.',
      ...(assumed.length > 0
        ? [`Rest on assumptions, and have to be reviewed again after that: ${assumed.join(', ')}.`]
        : []),
    ].join('\n'),
    data: { folder, sha256: sum, verdict: reviewed.verdict, counts: reviewed.counts, manifest },
  };
}
