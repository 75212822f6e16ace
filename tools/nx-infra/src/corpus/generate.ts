import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { InfraError } from '../errors.ts';
import { openTerraform } from '../runner/open.ts';
import { simulatedAws } from '../simulated-aws/simulated-aws.ts';
import { withAwsEnvironment } from '../simulated-aws/environment.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { awsProvider } from '../terraform/provider.ts';
import { Folders } from '../targets/folder.ts';
import { planStacks } from '../targets/plan/plan.ts';
import { type StackPlan } from '../targets/plan/plan-stack.ts';
import { accountOf } from '../targets/rehearse/account.ts';
import { changesOf } from '../targets/rehearse/changes.ts';
import { clientsOf } from '../targets/rehearse/clients.ts';
import { Described } from '../targets/rehearse/described.ts';
import { openSession, type SessionOptions } from '../targets/session.ts';
import { type TargetContext } from '../targets/target.ts';
import { type Applied, withApplied } from './applied.ts';
import { DRIFTED, EDITS } from './edits.ts';
import { type Edit } from './edit.ts';
import { kept, type KeptPlans, planEdit } from './plan-edit.ts';

/** Two providers keep two cores busy. */
const AT_A_TIME = 2;

export interface Generating {
  /** The workspace. */
  readonly root: string;
  readonly env: string;
  /** Where to. */
  readonly folder: string;
}

/**
 * Writes the corpus: the plans of an environment as it is applied to a simulated AWS, and of each edit of it, by the
 * real provider. What was in the folder is replaced as a whole.
 */
export async function generate({ root, env, folder }: Generating, context: TargetContext): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder)) if (file.endsWith('.json.gz')) await rm(join(folder, file));
  const keep: Keep = (name, plans) => writePlans(join(folder, `${name}.json.gz`), plans);
  await withApplied(root, env, context, async (applied) => {
    await planEdits(applied, EDITS, keep, context);
    await planDrift(applied, DRIFTED, keep, context);
  });
}

/** Takes each set of plans as it is made. */
export type Keep = (name: string, plans: KeptPlans) => Promise<void>;

/**
 * From an empty account, as it is applied, and each edit.
 *
 * @throws {InfraError} `STACKS_FAILED`, after all that could be planned is
 */
export async function planEdits(
  { root, env, stacks, digest }: Applied,
  edits: readonly Edit[],
  keep: Keep,
  context: TargetContext,
): Promise<void> {
  const { progress, signal } = context;
  await keep('empty-account', await inEmptyAccount(stacks, env, () => planned({ root, env }, undefined, context)));
  const applied = await planned({ root, env }, digest, context);
  await keep('applied', keptAll(applied));
  await using open = await openTerraform({ provider: awsProvider(stacks), env: process.env, signal });
  const left = [...edits];
  const failed: string[] = [];
  const work = async (lane: number): Promise<void> => {
    const folders = new Folders(root, `${env}-edits-${lane}`);
    const planner = { open, stacks, applied, folders, progress, imageDigest: digest };
    for (let edit = left.shift(); edit !== undefined; edit = left.shift()) {
      const { name } = edit;
      try {
        await keep(name, await planEdit(edit, planner));
      } catch (error) {
        progress.note(`${name}: ${(error as Error).message}`);
        failed.push(name);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, (_item, lane) => work(lane)));
  if (failed.length > 0) throw new InfraError('STACKS_FAILED', `Not planned: ${failed.join(', ')}.`);
}

/** After somebody changed what is there past Terraform: alone, and together with an edit. */
export async function planDrift(
  { root, env, stacks, digest }: Applied,
  edit: Edit,
  keep: Keep,
  context: TargetContext,
): Promise<void> {
  using clients = clientsOf(accountOf(stacks, env).region);
  for (const { make } of await changesOf(clients, new Described(stacks))) await make();
  const applied = await planned({ root, env }, digest, context);
  await keep('drifted', keptAll(applied));
  const { progress, signal } = context;
  await using open = await openTerraform({ provider: awsProvider(stacks), env: process.env, signal });
  const folders = new Folders(root, `${env}-edits-0`);
  const edited = await planEdit(edit, { open, stacks, applied, folders, progress, imageDigest: digest });
  await keep('drifted-and-edited', { ...keptAll(applied), ...edited });
}

async function planned(
  options: SessionOptions,
  imageDigest: string | undefined,
  context: TargetContext,
): Promise<ReadonlyMap<string, StackPlan>> {
  await using session = await openSession(options, context);
  return await planStacks(session, imageDigest, context);
}

async function inEmptyAccount(
  stacks: SynthesizedStacks,
  env: string,
  plan: () => Promise<ReadonlyMap<string, StackPlan>>,
): Promise<KeptPlans> {
  await using aws = await simulatedAws(accountOf(stacks, env));
  return await withAwsEnvironment(process.env, aws.env, async () => keptAll(await plan()));
}

function keptAll(plans: ReadonlyMap<string, StackPlan>): KeptPlans {
  return Object.fromEntries([...plans].map(([stack, plan]) => [stack, kept(plan)]));
}

/** Without white space, at the best compression: the corpus is part of the repository. */
async function writePlans(file: string, plans: KeptPlans): Promise<void> {
  await writeFile(file, gzipSync(JSON.stringify(plans), { level: 9 }));
}
