import { rm } from 'node:fs/promises';
import { relative } from 'node:path';

import { InfraError } from '../../errors.ts';
import { type Outcomes, schedule } from '../schedule.ts';
import { openSession, type Session, type SessionOptions } from '../session.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { type Assumption } from './assumption.ts';
import { planStack, type StackPlan } from './plan-stack.ts';
import { imageDigest } from './variables.ts';

/** The provider's start takes most of a plan, and more than two at a time are slower on two cores. */
const AT_A_TIME = 2;

export interface PlanTargetOptions extends SessionOptions {
  /** `sha256:…` of the image in the repository. */
  readonly imageDigest?: string;
}

/**
 * `infra:plan`: plans every stack, or one and those under it, before the stacks under it are applied.
 *
 * @throws {InfraError} `STACKS_FAILED`, after the plans that could be made are kept
 */
export async function plan(options: PlanTargetOptions, context: TargetContext): Promise<TargetResult> {
  const digest = imageDigest(options.imageDigest, process.env);
  await using session = await openSession(options, context);
  const plans = await planStacks(session, digest, context);
  return report(options, plans, relative(options.root, session.folders.plans));
}

/**
 * Plans the stacks of a session, each on top of those under it, and keeps the plans.
 *
 * @param digest of the image that the service runs; undefined where it is not known
 * @throws {InfraError} `STACKS_FAILED`, after the plans that could be made are kept
 */
export async function planStacks(
  { stacks, folders, open }: Session,
  digest: string | undefined,
  { progress, signal }: TargetContext,
): Promise<ReadonlyMap<string, StackPlan>> {
  // Whatever happens now, no plan of an earlier run is taken for one of this.
  await rm(folders.plans, { recursive: true, force: true });
  const planning = {
    terraform: open.terraform,
    startProvider: open.startProvider,
    folders,
    progress,
    imageDigest: digest,
  };
  const outcomes = await schedule(stacks, AT_A_TIME, (stack, under: ReadonlyMap<string, StackPlan>) =>
    planStack(stack, under, planning),
  );
  if (signal.aborted) throw new InfraError('INTERRUPTED', 'Ended on request. Plans that were finished are kept.');
  for (const [stack, outcome] of outcomes) {
    if (outcome.status !== 'skipped') continue;
    progress.tell({
      event: 'step',
      stack,
      step: 'plan',
      state: 'skipped',
      detail: `${outcome.because} was not planned`,
    });
  }
  const missing = [...outcomes].filter(([, { status }]) => status !== 'done').map(([name]) => name);
  if (missing.length > 0)
    throw new InfraError('STACKS_FAILED', `Not planned: ${missing.join(', ')}. The reasons are above.`);
  return planned(outcomes);
}

function planned(outcomes: Outcomes<StackPlan>): ReadonlyMap<string, StackPlan> {
  const plans = [...outcomes].flatMap(([name, outcome]) =>
    outcome.status === 'done' ? [[name, outcome.value] as const] : [],
  );
  return new Map(plans);
}

function report({ root, env }: PlanTargetOptions, plans: ReadonlyMap<string, StackPlan>, folder: string): TargetResult {
  const assumed = [...plans].filter(([, { assumptions }]) => assumptions.length > 0);
  const lines = assumed.map(([name, { assumptions }]) => `  ${name.padEnd(8)} ${assumptions.map(inWords).join(', ')}`);
  const stacks = [...plans].map(([name, { changes, assumptions, planFile, jsonFile }]) => [
    name,
    {
      changes,
      assumptions,
      plan: planFile === undefined ? null : relative(root, planFile),
      json: relative(root, jsonFile),
    },
  ]);
  return {
    message: [
      ...(lines.length > 0 ? ['Planned ahead, on what is not applied yet:', ...lines] : []),
      `Planned for ${env}: ${[...plans.keys()].join(', ')}. The plans are in ${folder}.`,
    ].join('\n'),
    data: { environment: env, stacks: Object.fromEntries(stacks) as unknown },
  };
}

function inWords({ name, because }: Assumption): string {
  switch (because) {
    case 'unknown-until-applied':
      return `${name} (placeholder)`;
    case 'not-applied-yet':
      return `${name} (as planned)`;
    case 'planned-on-assumptions':
      return `${name} (itself planned ahead)`;
    case 'not-given':
      return `${name} (placeholder: not given)`;
    case 'no-state-bucket':
      return 'an empty state (there is no state bucket)';
  }
}
