import { chmod } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { InfraError } from '../../errors.ts';
import { type SynthesizedStack, type SynthesizedStacks } from '../../synth/manifest.ts';
import { type Applicable, apply, type Applying } from '../deploy/apply.ts';
import { type Ask, confirm } from '../deploy/ask.ts';
import { each } from '../deploy/each.ts';
import { forgetJournal } from '../deploy/kept-journal.ts';
import { asLocked } from '../deploy/locked.ts';
import { lossesOf } from '../deploy/losses.ts';
import { type PlanJson, readPlan } from '../deploy/plan-json.ts';
import { recover } from '../deploy/recover.ts';
import { showChanges } from '../deploy/show.ts';
import { Tally } from '../deploy/tally.ts';
import { wavesOf } from '../deploy/waves.ts';
import { prepare } from '../folder.ts';
import { isNoBucket } from '../no-bucket.ts';
import { redactPlan } from '../plan/redact.ts';
import { planVariables } from '../plan/variables.ts';
import { openSession, type SessionOptions } from '../session.ts';
import { outline } from '../state.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { protectedBySources, protectedOnAws, requireUnprotected } from './protections.ts';

const PLANS_AT_A_TIME = 2;
const APPLIES_AT_A_TIME = 3;
const PLAN = 'destroy.tfplan';
const WORDS = {
  applied: 'Destroyed',
  unchanged: 'There was nothing of',
  begun: 'Destroyed in part',
  untouched: 'Not destroyed',
};

/** `stack`: that one, and those that stand on it. */
export interface DestroyOptions extends SessionOptions {
  /** Nobody is asked; `confirm` has to name the environment then. @default false */
  readonly yes?: boolean;
  /** The environment's name. */
  readonly confirm?: string;
}

interface End extends Applicable {
  readonly name: string;
  readonly json: PlanJson;
}

/**
 * `infra:destroy`: destroys the stacks from the top down. Everything is planned, shown and asked for before anything is
 * destroyed. It empties nothing by itself: what AWS deletes with its content is only what the environment says may be
 * (`force_delete`, `force_destroy`), and is named in what is shown.
 *
 * @throws {InfraError} `PROTECTED`, `NOT_CONFIRMED`, with nothing destroyed; `DEPLOY_STOPPED` with how far it came
 */
export async function destroy(
  options: DestroyOptions,
  context: TargetContext,
  ask: Ask | undefined,
): Promise<TargetResult> {
  const { root, env } = options;
  await using session = await openSession({ root, env }, context);
  const { open, folders } = session;
  const { progress, signal } = context;
  const stacks = standingOn(session.stacks, options.stack);
  const tally = new Tally(stacks.keys(), WORDS);
  const applying: Applying = { open, folders, progress, signal, root };
  const planned = await each([...stacks.values()], PLANS_AT_A_TIME, 'planned', (stack) =>
    planEnd(stack, env, applying),
  );
  const ends = new Map(planned.flatMap((end) => (end === undefined ? [] : [[end.name, end]])));
  requireUnprotected(
    env,
    [...ends.values()].flatMap(({ stack, json }) => protectedOnAws(stack, json)),
  );
  for (const name of stacks.keys()) if (!ends.has(name)) tally.note(name, 'unchanged');
  if (ends.size > 0) {
    show([...ends.values()], context);
    await agree(options, ask);
  }
  const tell = (): void =>
    progress.note(`Ending on request; Terraform saves its state. ${tally.inWords()} ${goOn(options)}`);
  signal.addEventListener('abort', tell, { once: true });
  try {
    for (const wave of [...wavesOf(stacks)].reverse()) {
      const now = wave.flatMap(({ name }) => ends.get(name) ?? []);
      await each(now, APPLIES_AT_A_TIME, 'destroyed', async (end) => {
        tally.note(end.name, 'begun');
        await apply(end, applying);
        tally.note(end.name, 'applied');
      });
    }
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    const lines = [`${error.code}: ${error.message}`, tally.inWords(), goOn(options)];
    throw new InfraError('DEPLOY_STOPPED', lines.join('\n'), { cause: error });
  } finally {
    signal.removeEventListener('abort', tell);
  }
  return { message: tally.inWords(), data: { environment: env, stacks: tally } };
}

/** The stack that is named and all that stand on it, or all. */
function standingOn(stacks: SynthesizedStacks, name: string | undefined): SynthesizedStacks {
  if (name === undefined) return stacks;
  if (!stacks.has(name)) {
    throw new InfraError(
      'OPTION_INVALID',
      `There is no stack ${name}: --stack is one of ${[...stacks.keys()].join(', ')}.`,
    );
  }
  const wanted = new Set([name]);
  // From the bottom up, as a stack comes after those it depends on.
  for (const { name: each, dependencies } of stacks.values()) {
    if (dependencies.some((dependency) => wanted.has(dependency))) wanted.add(each);
  }
  return new Map([...stacks].filter(([each]) => wanted.has(each)));
}

/** @returns undefined where there is nothing of the stack */
async function planEnd(stack: SynthesizedStack, env: string, applying: Applying): Promise<End | undefined> {
  const { open, folders, progress, root } = applying;
  const { name } = stack;
  const { wasKilled, imports } = await recover(stack, { ...applying, imageDigest: undefined });
  if (imports.length > 0) {
    throw new InfraError(
      'RECOVERY_NEEDED',
      `A killed apply of ${name} made what its state does not know, and what would be left behind. Deploy first, which ` +
        `imports it: nx run infra:deploy --env=${env} --stack=${name}`,
    );
  }
  const work = folders.work('destroy', name);
  return progress.step(name, 'plan its end', async () => {
    const lockFile = await prepare(work, { file: folders.synthesized(name) }, folders.lockFile);
    const state = await open.terraform
      .init(work, { backend: true, lockFile })
      .then(async () => outline(await open.terraform.state(work)))
      .catch((error: unknown) => {
        if (isNoBucket(error)) return undefined;
        throw error;
      });
    if (state === undefined || state.ids.size === 0) {
      await forgetJournal(folders.applied(name));
      return undefined;
    }
    requireUnprotected(env, protectedBySources(stack, state.ids.keys()));
    const planFile = join(work, PLAN);
    const { values } = planVariables(stack.terraform, undefined);
    await using provider = await open.startProvider(work, 'often');
    const sharing = open.terraform.sharing(provider);
    const planning = { out: PLAN, variables: values, mode: 'destroy', lock: wasKilled } as const;
    await sharing.plan(work, planning).catch((error: unknown) => {
      throw asLocked(name, error, relative(root, work));
    });
    await chmod(planFile, 0o600);
    return { name, stack: name, work, planFile, json: readPlan(redactPlan(await sharing.show(work, PLAN))) };
  });
}

function show(ends: readonly End[], { progress }: TargetContext): void {
  for (const { name, json } of ends) progress.note([`${name}:`, ...showChanges(json)].join('\n'));
  const losses = ends.flatMap(({ stack, json }) => lossesOf(stack, json));
  if (losses.length === 0) return;
  progress.note(
    [
      'This is lost, and no deployment brings it back:',
      ...losses.map((loss) => `  ${loss.address}: ${loss.holds}`),
    ].join('\n'),
  );
}

async function agree({ env, yes = false, confirm: confirmed }: DestroyOptions, ask: Ask | undefined): Promise<void> {
  if (!yes) {
    const question = `Type the name of the environment to destroy all of this:`;
    await confirm(ask, { question, expected: env, instead: `--yes --confirm=${env}` });
  } else if (confirmed !== env) {
    throw new InfraError(
      'NOT_CONFIRMED',
      `Nothing was destroyed: with --yes, --confirm has to name the environment: --confirm=${env}.`,
    );
  }
}

function goOn({ env, stack }: DestroyOptions): string {
  return `Go on with: nx run infra:destroy --env=${env}${stack === undefined ? '' : ` --stack=${stack}`}`;
}
