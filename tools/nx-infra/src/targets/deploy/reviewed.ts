import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { InfraError } from '../../errors.ts';
import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { prepare } from '../folder.ts';
import { redactPlan } from '../plan/redact.ts';
import { hash, hashOf, MANIFEST, readManifestText, type ReviewManifest } from '../review/review-manifest.ts';
import { outline } from '../state.ts';
import { each } from './each.ts';
import { readPlan } from './plan-json.ts';
import { recover } from './recover.ts';
import { type Deploying, type WavePlan } from './wave.ts';

export interface ReviewedOptions {
  /** The workspace. */
  readonly root: string;
  readonly env: string;
  /** The folder of the review. */
  readonly plans: string;
  /** Of the workspace, now. */
  readonly commit: string;
  /** Of that commit. */
  readonly tree: string;
  /** That was asked for; undefined where none was. */
  readonly imageDigest: string | undefined;
}

/** A review that still holds. */
export interface Reviewed {
  /** By stack; what rests on assumptions has none. */
  readonly plans: ReadonlyMap<string, WavePlan>;
  /** The stacks that have to be reviewed again, when the others are applied. */
  readonly assumed: readonly string[];
}

/**
 * Holds a review against what it is of, all of it before anything is applied. What is shown, and looked through for
 * losses, is read from the plan files themselves.
 *
 * @throws {InfraError} `PLANS_REFUSED`
 */
export async function openReview(
  options: ReviewedOptions,
  stacks: SynthesizedStacks,
  deploying: Deploying,
): Promise<Reviewed> {
  const folder = resolve(options.root, options.plans);
  const file = join(folder, MANIFEST);
  const text = await readFile(file, 'utf8').catch(() => '');
  const manifest = readManifestText(text, join(options.plans, MANIFEST));
  deploying.progress.note(
    `Plans of ${join(options.plans, MANIFEST)} (sha256 ${hash(text)}), at ${manifest.commit.slice(0, 12)}.`,
  );
  refuse(whatMoved(manifest, options, stacks, await hashOf(deploying.folders.lockFile)));
  const names = [...stacks.keys()];
  const real = names.filter((name) => typeof manifest.stacks[name]?.plan === 'string').map((name) => ({ name }));
  const plans = await each(real, 2, 'held against its review', ({ name }) =>
    deploying.progress.step(name, 'check the plan', () =>
      openPlan(name, join(folder, name), manifest, stacks, deploying),
    ),
  );
  return {
    plans: new Map(plans.map((plan) => [plan.stack, plan])),
    assumed: names.filter((name) => !real.some((each) => each.name === name)),
  };
}

function whatMoved(
  manifest: ReviewManifest,
  { env, commit, tree, imageDigest }: ReviewedOptions,
  stacks: SynthesizedStacks,
  lockFile: string | null,
): readonly string[] {
  const problems: string[] = [];
  const { environment, imageDigest: reviewed } = manifest;
  if (environment !== env) problems.push(`they are of environment ${environment}, not of ${env}`);
  if (manifest.tree !== tree) {
    problems.push(
      `they are of commit ${manifest.commit}, and the workspace is at ${commit}, whose files are not the same: something ` +
        'else was merged in between',
    );
  }
  if (manifest.lockFile !== lockFile) problems.push('stacks/.terraform.lock.hcl is another than when they were made');
  if (imageDigest !== undefined && imageDigest !== reviewed) {
    problems.push(`they run image ${reviewed ?? '(none)'}, and ${imageDigest} was asked for`);
  }
  const unknown = [...stacks.keys()].filter((name) => manifest.stacks[name] === undefined);
  if (unknown.length > 0) problems.push(`there is none of ${unknown.join(', ')}`);
  return problems;
}

async function openPlan(
  name: string,
  from: string,
  manifest: ReviewManifest,
  stacks: SynthesizedStacks,
  deploying: Deploying,
): Promise<WavePlan> {
  const { folders, open } = deploying;
  const reviewed = manifest.stacks[name];
  const stack = stacks.get(name);
  if (reviewed === undefined || stack === undefined)
    throw new InfraError('STACK_MISSING', `There is no stack ${name}.`);
  if (hash(await readFile(folders.synthesized(name))) !== reviewed.json) {
    refuse([`what ${name} is synthesized to is not what was reviewed: stacks/ was changed`]);
  }
  // A copy, so that what is checked is what is applied.
  const planFile = join(folders.plans, name, 'reviewed.tfplan');
  await mkdir(join(folders.plans, name), { recursive: true, mode: 0o700 });
  await copyFile(join(from, 'plan.tfplan'), planFile).catch(() => refuse([`the plan of ${name} is not there`]));
  await chmod(planFile, 0o600);
  if ((await hashOf(planFile)) !== reviewed.plan) refuse([`the plan of ${name} was changed after the review`]);
  const { imports } = await recover(stack, { ...deploying, imageDigest: manifest.imageDigest ?? undefined });
  if (imports.length > 0) {
    refuse([
      `a killed apply of ${name} made what this plan would make again. Deploy without --plans, which imports it`,
    ]);
  }
  const work = folders.work('plan', name);
  const lockFile = await prepare(work, { file: folders.synthesized(name) }, folders.lockFile);
  await open.terraform.init(work, { backend: true, lockFile });
  const state = outline(await open.terraform.state(work));
  if (state?.lineage !== reviewed.state?.lineage || state?.serial !== reviewed.state?.serial) {
    const was = reviewed.state === null ? 'none' : `serial ${reviewed.state.serial}`;
    refuse([`the state of ${name} has moved on: it was ${was}, and is ${state ? `serial ${state.serial}` : 'none'}`]);
  }
  return { stack: name, work, planFile, json: readPlan(redactPlan(await open.terraform.show(work, planFile))) };
}

function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new InfraError(
    'PLANS_REFUSED',
    `These plans are not applied, because what would happen is not what was reviewed: ${problems.join('; ')}. ` +
      'Review again: nx run infra:review.',
  );
}
