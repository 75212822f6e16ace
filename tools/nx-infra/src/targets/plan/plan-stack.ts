import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { type Progress } from '../../progress/progress.ts';
import { type OpenTerraform } from '../../runner/open.ts';
import { type Terraform } from '../../runner/terraform.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { asLocked } from '../deploy/locked.ts';
import { type Folders, prepare } from '../folder.ts';
import { isNoBucket } from '../no-bucket.ts';
import { type Assumption, assumedOfOthers, type PlannedStack } from './assumption.ts';
import { type Changes, countChanges, describeChanges } from './changes.ts';
import { plannedOutputs } from './planned-outputs.ts';
import { redactPlan } from './redact.ts';
import { type UpstreamValues, type Used, usedOutputs, withValues } from './remote-state.ts';
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
  /** The same with its secrets: to tell one from another, and never to be written. */
  readonly shown: unknown;
}

/** With what stacks are planned. */
export interface Planning {
  readonly terraform: Terraform;
  readonly startProvider: OpenTerraform['startProvider'];
  readonly folders: Folders;
  readonly progress: Progress;
  readonly imageDigest: string | undefined;
  /** What exists and is not in the state: Terraform's `import` blocks. @default none */
  readonly imports?: readonly { readonly to: string; readonly id: string }[];
  /** Addresses of what is made anew. @default none */
  readonly replace?: readonly string[];
  /** Whether the state's lock is taken, so that one which is left is met. @default false */
  readonly lock?: boolean;
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
  planning: Planning,
): Promise<StackPlan> {
  const {
    terraform,
    startProvider,
    folders,
    progress,
    imageDigest,
    imports = [],
    replace = [],
    lock = false,
  } = planning;
  const work = folders.work('plan', stack.name);
  const kept = join(folders.plans, stack.name);
  const opened = await progress.step(stack.name, 'init', async () => {
    for (const folder of [work, kept]) await privateFolder(folder);
    const assumed = await open(stack.name, under, { terraform, folders, work });
    if (imports.length > 0) await writeFile(join(work, 'imports.tf.json'), JSON.stringify({ import: imports }));
    return assumed;
  });
  const variables = planVariables(stack.terraform, imageDigest);
  const assumptions = [...opened, ...variables.assumptions];

  return progress.step(
    stack.name,
    'plan',
    async () => {
      try {
        // Started once for both commands: its start, and what it tells of itself, take most of a plan.
        await using provider = await startProvider(work);
        const sharing = terraform.sharing(provider);
        await sharing.plan(work, { out: PLAN, variables: variables.values, replace, lock }).catch((error: unknown) => {
          throw asLocked(stack.name, error, relative(folders.root, work));
        });
        const shown = await sharing.show(work, PLAN);
        const outputs = plannedOutputs(stack, shown);
        const jsonFile = join(kept, 'plan.json');
        await writeFile(jsonFile, `${JSON.stringify(redactPlan(shown))}\n`, { mode: PRIVATE.file });
        await writeFile(join(kept, 'assumptions.json'), `${JSON.stringify(assumptions, null, 2)}\n`);
        const planFile = assumptions.length === 0 ? await keep(join(work, PLAN), join(kept, PLAN)) : undefined;
        return { outputs, assumptions, changes: countChanges(shown), planFile, jsonFile, shown };
      } finally {
        await rm(join(work, PLAN), { force: true });
      }
    },
    ({ changes }) => describe(changes, assumptions),
  );
}

interface Opening {
  readonly terraform: Terraform;
  readonly folders: Folders;
  /** Where Terraform works. */
  readonly work: string;
}

/** @returns what is assumed of the state, and of the stacks under this one */
async function open(
  name: string,
  under: ReadonlyMap<string, StackPlan>,
  { terraform, folders, work }: Opening,
): Promise<readonly Assumption[]> {
  const file = folders.synthesized(name);
  const json = JSON.parse(await readFile(file, 'utf8')) as Readonly<Record<string, unknown>>;
  const used = usedOutputs(json);
  const others = assumedOfOthers(used, under);
  const configuration = others.length === 0 ? { file } : { json: withValues(json, valuesOf(used, under)) };
  const lockFile = await prepare(work, configuration, folders.lockFile);
  try {
    await terraform.init(work, { backend: true, lockFile });
    return others;
  } catch (error) {
    if (!isNoBucket(error)) throw error;
  }
  await prepare(work, { json: await withoutBucket(work) }, folders.lockFile);
  await terraform.init(work, { backend: true, lockFile });
  return [{ name: 'state', because: 'no-state-bucket' }, ...others];
}

async function privateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, PRIVATE.folder);
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

function valuesOf(used: readonly Used[], under: ReadonlyMap<string, StackPlan>): UpstreamValues {
  const values: Record<string, Record<string, unknown>> = {};
  for (const { stack, output } of used) {
    const planned = under.get(stack)?.outputs.get(output);
    // What is missing, Terraform names when it meets the reference.
    if (planned !== undefined) (values[stack] ??= {})[output] = planned.value();
  }
  return values;
}

function describe(changes: Changes, { length }: readonly Assumption[]): string {
  const on = length === 0 ? '' : ` on ${length} assumption${length === 1 ? '' : 's'}`;
  return `${describeChanges(changes)}${on}`;
}
