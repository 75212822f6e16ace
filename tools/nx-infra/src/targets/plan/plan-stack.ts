import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { InfraError } from '../../errors.ts';
import { type Progress } from '../../progress/progress.ts';
import { type Terraform } from '../../runner/terraform.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { type Folders, prepare } from '../folder.ts';
import { type Assumption, assumedOfOthers, type PlannedStack } from './assumption.ts';
import { type Changes, countChanges, describeChanges } from './changes.ts';
import { plannedOutputs } from './planned-outputs.ts';
import { redactPlan } from './redact.ts';
import { type UpstreamValues, usedOutputs, withValues } from './remote-state.ts';
import { planVariables } from './variables.ts';

const PLAN = 'plan.tfplan';
/** A plan holds the state, and a state may hold secrets. */
const PRIVATE = { file: 0o600, folder: 0o700 } as const;

/** The plan of a stack. */
export interface StackPlan extends PlannedStack {
  readonly changes: Changes;
  /** What Terraform can apply; only where nothing is assumed. */
  readonly planFile: string | undefined;
  /** `terraform show -json`, without secrets. */
  readonly jsonFile: string;
}

/** With what stacks are planned. */
export interface Planning {
  readonly terraform: Terraform;
  readonly folders: Folders;
  readonly progress: Progress;
  readonly imageDigest: string | undefined;
}

/**
 * Plans one stack, on top of the plans of the stacks under it, and keeps the plan.
 *
 * Where all that it uses of them is applied and stays, the plan is made of the JSON as it was synthesized. Otherwise
 * the values that they will have stand in for their states, each of them an assumption with a name.
 */
export async function planStack(
  stack: SynthesizedStack,
  under: ReadonlyMap<string, StackPlan>,
  { terraform, folders, progress, imageDigest }: Planning,
): Promise<StackPlan> {
  const work = folders.work('plan', stack.name);
  const kept = join(folders.plans, stack.name);
  await mkdir(work, { recursive: true, mode: PRIVATE.folder });
  await chmod(work, PRIVATE.folder);
  await mkdir(kept, { recursive: true, mode: PRIVATE.folder });

  const synthesized = folders.synthesized(stack.name);
  const json = JSON.parse(await readFile(synthesized, 'utf8')) as Readonly<Record<string, unknown>>;
  const others = assumedOfOthers(usedOutputs(json), under);
  const configuration = others.length === 0 ? { file: synthesized } : { json: withValues(json, valuesOf(under)) };
  const state = await progress.step(stack.name, 'init', () => open(terraform, work, configuration, folders.lockFile));
  const variables = planVariables(json, imageDigest);
  const assumptions = [...state, ...others, ...variables.assumptions];

  return progress.step(
    stack.name,
    'plan',
    async () => {
      try {
        await terraform.plan(work, { out: PLAN, variables: variables.values });
        const shown = await terraform.show(work, PLAN);
        const outputs = plannedOutputs(stack, shown);
        const jsonFile = join(kept, 'plan.json');
        await writeFile(jsonFile, `${JSON.stringify(redactPlan(shown))}\n`, { mode: PRIVATE.file });
        await writeFile(join(kept, 'assumptions.json'), `${JSON.stringify(assumptions, null, 2)}\n`);
        const planFile = assumptions.length === 0 ? await keep(join(work, PLAN), join(kept, PLAN)) : undefined;
        return { outputs, assumptions, changes: countChanges(shown), planFile, jsonFile };
      } finally {
        await rm(join(work, PLAN), { force: true });
      }
    },
    ({ changes }) => describe(changes, assumptions),
  );
}

/** @returns what is assumed of the state */
async function open(
  terraform: Terraform,
  folder: string,
  configuration: Parameters<typeof prepare>[1],
  lock: string,
): Promise<readonly Assumption[]> {
  const lockFile = await prepare(folder, configuration, lock);
  try {
    await terraform.init(folder, { backend: true, lockFile });
    return [];
  } catch (error) {
    // The code of S3 (API reference, "Error responses"), which Terraform quotes.
    if (!(error instanceof InfraError) || !error.message.includes('NoSuchBucket')) throw error;
  }
  await prepare(folder, { json: await withoutBucket(folder) }, lock);
  await terraform.init(folder, { backend: true, lockFile });
  return [{ name: 'state', because: 'no-state-bucket' }];
}

/** The configuration in a folder with a state of its own, in which there is nothing. */
async function withoutBucket(folder: string): Promise<unknown> {
  const json = JSON.parse(await readFile(join(folder, 'main.tf.json'), 'utf8')) as { readonly terraform?: object };
  return { ...json, terraform: { ...json.terraform, backend: { local: { path: 'nothing-applied.tfstate' } } } };
}

async function keep(from: string, to: string): Promise<string> {
  await chmod(from, PRIVATE.file);
  await rename(from, to);
  return to;
}

function valuesOf(under: ReadonlyMap<string, StackPlan>): UpstreamValues {
  return Object.fromEntries(
    [...under].map(([stack, { outputs }]) => [
      stack,
      Object.fromEntries([...outputs].map(([name, { value }]) => [name, value])),
    ]),
  );
}

function describe(changes: Changes, { length }: readonly Assumption[]): string {
  const on = length === 0 ? '' : ` on ${length} assumption${length === 1 ? '' : 's'}`;
  return `${describeChanges(changes)}${on}`;
}
