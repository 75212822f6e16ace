import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { type OpenTerraform } from '../../runner/open.ts';
import { type SynthesizedStack } from '../../synth/manifest.ts';
import { each } from '../deploy/each.ts';
import { type PlanJson, readPlan, type ResourceChange } from '../deploy/plan-json.ts';
import { showChanges } from '../deploy/show.ts';
import { type Folders, prepare } from '../folder.ts';
import { isNoBucket } from '../no-bucket.ts';
import { redactPlan } from '../plan/redact.ts';
import { planVariables } from '../plan/variables.ts';
import { independent, openSession, type SessionOptions } from '../session.ts';
import { outline } from '../state.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { setBack } from './set-back.ts';

const bodySchema = z.looseObject({ lifecycle: z.looseObject({}).optional() });
const stackSchema = z.looseObject({ resource: z.record(z.string(), z.record(z.string(), bodySchema)) });

const AT_A_TIME = 2;
const PLAN = 'drift.tfplan';

/** What was changed of one stack. */
export interface StackDrift {
  readonly stack: string;
  /** Nothing was applied, so nothing can have drifted. */
  readonly isApplied: boolean;
  readonly resources: readonly Drifted[];
}

/** Something that was changed. */
export interface Drifted {
  readonly address: string;
  readonly change: 'changed' | 'deleted';
  /** What of it, for people; nothing secret. */
  readonly lines: readonly string[];
}

/**
 * What is not as the last apply left it, because somebody changed it outside of Terraform, and what the next apply sets
 * back. What the stacks want and is not applied yet is no drift. Changes nothing, not even a state.
 */
export async function findDrift(options: SessionOptions, context: TargetContext): Promise<readonly StackDrift[]> {
  await using session = await openSession(options, context);
  const { folders, open } = session;
  const { progress, signal } = context;
  const stacks = [...independent(session.stacks, options.stack).values()];
  const found = await each(stacks, AT_A_TIME, 'looked at', (stack) =>
    progress.step(stack.name, 'look', () => driftOf(stack, folders, open), inWords),
  );
  if (signal.aborted) throw new InfraError('INTERRUPTED', 'Ended on request, before everything was looked at.');
  return found;
}

/**
 * `infra:drift`: tells what {@link findDrift} finds, each as a finding.
 *
 * @throws {InfraError} `DRIFT_FOUND`; what looking throws, where that fails
 */
export async function drift(options: SessionOptions, context: TargetContext): Promise<TargetResult> {
  const found = await findDrift(options, context);
  const drifted = found.filter(({ resources }) => resources.length > 0);
  for (const { stack, resources } of drifted) {
    for (const { address, change, lines } of resources) {
      context.progress.tell({
        event: 'finding',
        check: stack,
        state: 'failed',
        message: [`${address} was ${change}`, ...lines].join('\n'),
        mend: 'Deploy, which sets it back; or make the change in stacks/ too, and deploy.',
      });
    }
  }
  if (drifted.length > 0) {
    const names = drifted.map(({ stack }) => stack).join(', ');
    throw new InfraError('DRIFT_FOUND', `Changed outside of Terraform: ${names}. What, and how to mend it, is above.`);
  }
  return {
    message: `No drift in ${options.env}: ${found.map(inShort).join(', ')}.`,
    data: {
      environment: options.env,
      stacks: Object.fromEntries(found.map(({ stack, isApplied }) => [stack, isApplied ? 'no drift' : 'not applied'])),
    },
  };
}

async function driftOf(
  stack: SynthesizedStack,
  folders: Folders,
  { terraform, startProvider }: OpenTerraform,
): Promise<StackDrift> {
  const { name } = stack;
  const work = folders.work('drift', name);
  const lockFile = await prepare(
    work,
    { json: unprotected(JSON.parse(await readFile(folders.synthesized(name), 'utf8'))) },
    folders.lockFile,
  );
  const none: StackDrift = { stack: name, isApplied: false, resources: [] };
  try {
    await terraform.init(work, { backend: true, lockFile });
    const state = outline(await terraform.state(work));
    if (state === undefined || state.ids.size === 0) return none;
    // Whatever image: which one runs is no drift.
    const { values } = planVariables(stack.terraform, undefined);
    await using provider = await startProvider(work);
    const sharing = terraform.sharing(provider);
    await sharing.plan(work, { out: PLAN, variables: values });
    const shown = await sharing.show(work, PLAN);
    const drifted = new Set(setBack(readPlan(shown)).map(({ address }) => address));
    const plan = readPlan(redactPlan(shown));
    const resources = plan.resource_drift.filter(({ address }) => drifted.has(address));
    return { stack: name, isApplied: true, resources: resources.map((each) => described(each, plan)) };
  } catch (error) {
    if (isNoBucket(error)) return none;
    throw error;
  } finally {
    await rm(join(work, PLAN), { force: true });
  }
}

/** A stack as it is, but that what is protected may be planned to go: it may have been changed so that it has to. */
function unprotected(stack: unknown): unknown {
  const json = stackSchema.parse(stack);
  const bodies = Object.entries(json.resource).map(
    ([type, all]) =>
      [type, Object.fromEntries(Object.entries(all).map(([name, body]) => [name, withoutProtection(body)]))] as const,
  );
  return { ...json, resource: Object.fromEntries(bodies) };
}

function withoutProtection({ lifecycle, ...body }: z.infer<typeof bodySchema>): object {
  return lifecycle === undefined ? body : { ...body, lifecycle: { ...lifecycle, prevent_destroy: false } };
}

function described(resource: ResourceChange, plan: PlanJson): Drifted {
  const [, ...lines] = showChanges({ ...plan, resource_changes: [resource], output_changes: {} });
  const { address, change } = resource;
  return { address, change: change.actions.includes('delete') ? 'deleted' : 'changed', lines };
}

function inWords({ isApplied, resources }: StackDrift): string {
  if (!isApplied) return 'not applied';
  return resources.length === 0
    ? 'no drift'
    : resources.map(({ address, change }) => `${address} ${change}`).join(', ');
}

function inShort({ stack, isApplied }: StackDrift): string {
  return isApplied ? stack : `${stack} (not applied)`;
}
