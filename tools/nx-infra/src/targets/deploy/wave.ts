import { InfraError } from '../../errors.ts';
import { planStack } from '../plan/plan-stack.ts';
import { type Applicable, apply, type Applying } from './apply.ts';
import { confirm } from './ask.ts';
import { each } from './each.ts';
import { forgetJournal } from './kept-journal.ts';
import { lossesOf, requireAllowed } from './losses.ts';
import { type PlanJson, readPlanFile } from './plan-json.ts';
import { recover } from './recover.ts';
import { showChanges } from './show.ts';
import { type DeploySteps } from './steps.ts';
import { type Tally } from './tally.ts';
import { type Wave } from './waves.ts';

/** The provider's start takes most of a plan, and more than two at a time are slower on two cores. */
const PLANS_AT_A_TIME = 2;
/** Applies mostly wait; each takes 0.3 GB. */
const APPLIES_AT_A_TIME = 3;

/** A plan that may be applied, and what it does. */
export interface WavePlan extends Applicable {
  readonly json: PlanJson;
}

export interface Deploying extends Applying {
  readonly steps: DeploySteps;
  readonly tally: Tally;
  /** Nobody is asked. */
  readonly yes: boolean;
  /** Addresses of what may be lost. */
  readonly allowReplace: readonly string[];
}

/** Plans the stacks of a wave, whose upstream is applied. */
export async function planWave(
  wave: Wave,
  imageDigest: string | undefined,
  deploying: Deploying,
): Promise<readonly WavePlan[]> {
  const { open, folders, progress } = deploying;
  return each(wave, PLANS_AT_A_TIME, 'planned', async (stack) => {
    const { wasKilled, imports, replace } = await recover(stack, { ...deploying, imageDigest });
    const { terraform, startProvider } = open;
    const planning = { terraform, startProvider, folders, progress, imageDigest, imports, replace, lock: wasKilled };
    const { planFile, jsonFile, assumptions } = await planStack(stack, new Map(), planning);
    if (planFile === undefined) {
      throw new InfraError(
        'NOT_READY',
        `${stack.name} was planned on assumptions (${assumptions.map(({ name }) => name).join(', ')}), and such a plan ` +
          'cannot be applied. nx run infra:doctor says what is missing.',
      );
    }
    return { stack: stack.name, work: folders.work('plan', stack.name), planFile, json: await readPlanFile(jsonFile) };
  });
}

/**
 * Shows the plans of a wave, asks, and applies them.
 *
 * @throws {InfraError} `REPLACE_REFUSED`, `NOT_CONFIRMED`, before anything is applied; `STACKS_FAILED`
 */
export async function applyWave(plans: readonly WavePlan[], deploying: Deploying): Promise<void> {
  const { folders, progress, tally, steps, signal } = deploying;
  const changing = plans.filter(({ json }) => json.applyable);
  for (const { stack, json } of plans) {
    if (!json.applyable) {
      tally.note(stack, 'unchanged');
      // Then what a killed apply noted is in the state.
      await forgetJournal(folders.applied(stack));
      steps.applied?.(stack);
    } else progress.note([`${stack}:`, ...showChanges(json)].join('\n'));
  }
  if (changing.length === 0) return;
  requireAllowed(
    changing.flatMap(({ stack, json }) => lossesOf(stack, json)),
    deploying.allowReplace,
  );
  if (!deploying.yes) {
    const names = changing.map(({ stack }) => stack).join(', ');
    await confirm(steps.ask, {
      question: `Apply this to ${names}? Only "yes" does.`,
      expected: 'yes',
      instead: '--yes, or --plans=<folder> with plans that were reviewed',
    });
  }
  if (signal.aborted) throw new InfraError('INTERRUPTED', 'Ended on request, before anything of this was applied.');
  await each(
    changing.map((plan) => ({ ...plan, name: plan.stack })),
    APPLIES_AT_A_TIME,
    'applied',
    async (plan) => {
      tally.note(plan.stack, 'begun');
      await apply(plan, deploying);
      tally.note(plan.stack, 'applied');
      steps.applied?.(plan.stack);
    },
  );
}
