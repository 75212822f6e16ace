import { join } from 'node:path';

import { InfraError } from '../errors.ts';
import { KeptProviders } from '../runner/kept-providers.ts';
import { openTerraform, type OpenTerraform } from '../runner/open.ts';
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
import { type TargetContext, type TargetResult } from '../targets/target.ts';
import { type Applied, withApplied } from './applied.ts';
import { type Edit } from './edit.ts';
import { EDITS } from './edits.ts';
import { driftedEdits } from './edits/drifted.ts';
import { failingEdit } from './edits/failing.ts';
import { Anew, type Keep, keptAll, type KeptPlans } from './kept-plans.ts';
import { planEdit } from './plan-edit.ts';
import { planShape } from './plan-shape.ts';
import { SHAPES } from './shapes.ts';

/** Two keep two cores busy. */
const AT_A_TIME = 2;

export interface Generating {
  /** The workspace. */
  readonly root: string;
  readonly env: string;
  /** Of the corpus. */
  readonly folder: string;
  /** The edits to plan, in place of their sets; each then has all stacks, as ids are others in each run. @default all */
  readonly edits?: readonly string[];
}

/**
 * Writes the corpus: the plans of an environment as it is applied to a simulated AWS, and of each edit of it, by the
 * real provider; and plans of other shapes, by Terraform alone. What was in the folder is replaced as a whole, or stays.
 *
 * @throws {InfraError} `STACKS_FAILED` where a set could not be planned; `OPTION_INVALID` for an edit that there is not;
 *   what deploying throws
 */
export async function generate(
  { root, env, folder, edits }: Generating,
  context: TargetContext,
): Promise<TargetResult> {
  const unknown = edits?.filter((name) => ![...EDITS, ...driftedEdits].some((edit) => edit.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new InfraError('OPTION_INVALID', `There is no edit ${unknown.join(', ')}: edits/ has all of them.`);
  }
  await using plans = await Anew.of(join(folder, 'plans'));
  await using shapes = await Anew.of(join(folder, 'shapes'));
  // What the provider tells of itself when it starts takes longer than most of what it is asked to do here.
  await using providers = new KeptProviders();
  const shared = { ...context, providers };
  await withApplied(root, env, shared, async (applied) => {
    await using open = await openTerraform({
      provider: awsProvider(applied.stacks),
      env: process.env,
      signal: context.signal,
      providers,
    });
    if (edits === undefined) await planOthers(applied, open, { plans: plans.keep, shapes: shapes.keep }, context);
    const now = await planned(applied, applied.digest, shared);
    if (edits === undefined) {
      await plans.keep('applied', keptAll(now));
      await planEdits({ ...applied, now, open }, [failingEdit], shapes.keep, context);
    }
    const isMeant = ({ name }: Edit): boolean => edits === undefined || edits.includes(name);
    const besides = edits === undefined ? {} : keptAll(now);
    const keep: Keep = (name, edited) => plans.keep(name, { ...besides, ...edited });
    await planEdits({ ...applied, now, open }, EDITS.filter(isMeant), keep, context);
    const afterDrift = driftedEdits.filter(isMeant);
    if (afterDrift.length === 0) return;
    await drift(applied.stacks, env);
    const drifted = await planned(applied, applied.digest, shared);
    if (edits === undefined) await plans.keep('drifted', keptAll(drifted));
    // Together with what drift alone changes of the other stacks.
    const keepAll: Keep = (name, edited) => plans.keep(name, { ...keptAll(drifted), ...edited });
    await planEdits({ ...applied, now: drifted, open }, afterDrift, keepAll, context);
  });
  if (edits !== undefined) return { message: `Made ${await plans.add()} sets of plans anew.` };
  const [sets, others] = [await plans.replace(), await shapes.replace()];
  return { message: `Made ${sets} sets of plans, and ${others} of other shapes.` };
}

/** What takes nothing of what is applied. */
async function planOthers(
  applied: Applied,
  open: OpenTerraform,
  keep: { readonly plans: Keep; readonly shapes: Keep },
  context: TargetContext,
): Promise<void> {
  for (const shape of SHAPES) {
    await context.progress.step('shape', shape.name, async () =>
      keep.shapes(shape.name, await planShape(shape, open.terraform)),
    );
  }
  await keep.plans('empty-account', await inEmptyAccount(applied, context));
}

interface Standing extends Applied {
  /** The plans of the stacks as they are. */
  readonly now: ReadonlyMap<string, StackPlan>;
  readonly open: OpenTerraform;
}

/** @throws {InfraError} `STACKS_FAILED`, after all that could be planned is */
async function planEdits(
  { root, env, stacks, digest, now, open }: Standing,
  edits: readonly Edit[],
  keep: Keep,
  { progress, signal }: TargetContext,
): Promise<void> {
  const left = [...edits];
  const failed: string[] = [];
  const work = async (lane: number): Promise<void> => {
    const folders = new Folders(root, `${env}-edits-${lane}`);
    const planner = { open, stacks, applied: now, folders, progress, imageDigest: digest };
    for (let edit = left.shift(); edit !== undefined && !signal.aborted; edit = left.shift()) {
      const { name } = edit;
      try {
        await keep(name, await planEdit(edit, planner));
        progress.note(`${name} is planned; ${left.length} are left.`);
      } catch (error) {
        progress.note(`${name}: ${(error as Error).message}`);
        failed.push(name);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, (_item, lane) => work(lane)));
  if (signal.aborted) throw new InfraError('INTERRUPTED', 'Ended on request. The corpus is as it was.');
  if (failed.length > 0) {
    throw new InfraError('STACKS_FAILED', `Not planned: ${failed.join(', ')}. The corpus is as it was.`);
  }
}

/** Somebody changes what is there past Terraform. */
async function drift(stacks: SynthesizedStacks, env: string): Promise<void> {
  using clients = clientsOf(accountOf(stacks, env).region);
  for (const { make } of await changesOf(clients, new Described(stacks))) await make();
}

async function planned(
  { root, env }: SessionOptions,
  imageDigest: string | undefined,
  context: TargetContext,
): Promise<ReadonlyMap<string, StackPlan>> {
  await using session = await openSession({ root, env }, context);
  return await planStacks(session, imageDigest, context);
}

/** By providers of its own: those that are kept know another account. */
async function inEmptyAccount({ root, env, stacks }: Applied, context: TargetContext): Promise<KeptPlans> {
  await using aws = await simulatedAws(accountOf(stacks, env));
  return await withAwsEnvironment(process.env, aws.env, async () =>
    keptAll(await planned({ root, env }, undefined, context)),
  );
}
