import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { command } from '../../runner/command.ts';
import { type SynthesizedStacks } from '../../synth/manifest.ts';
import { commitOf, treeOf } from '../commit.ts';
import { readNeeds } from '../doctor/needs.ts';
import { imageDigest } from '../plan/variables.ts';
import { openSession, type Session, type SessionOptions } from '../session.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { initializeAhead } from './initialize-ahead.ts';
import { openReview, type ReviewedOptions } from './reviewed.ts';
import { type DeploySteps, type Service } from './steps.ts';
import { Tally } from './tally.ts';
import { applyWave, type Deploying, planWave } from './wave.ts';
import { type Wave, wavesOf } from './waves.ts';

export interface DeployOptions extends SessionOptions {
  /** Nobody is asked; but nothing that holds data is lost. @default false */
  readonly yes?: boolean;
  /** A folder with plans that were reviewed: these are applied, and no others. @default plans made now */
  readonly plans?: string;
  /** Of plans, those that rest on assumptions are left to a later review, and that is no error. @default false */
  readonly partly?: boolean;
  /** Addresses of what holds data and may be destroyed or replaced. @default none */
  readonly allowReplace?: readonly string[];
  /** `sha256:…` of an image in the repository. @default the image is built and pushed */
  readonly imageDigest?: string;
}

const serviceSchema = z.object({ clusterName: z.string(), serviceName: z.string() });

/**
 * `infra:deploy`: applies the stacks, wave by wave, each planned on what is applied by then; builds and pushes the
 * image before the stack that runs it; waits for the service, and looks at it from outside.
 *
 * It converges: what is applied already, a second run finds unchanged.
 *
 * @throws {InfraError} `DEPLOY_STOPPED` once something may have been applied: how far it came, why, and how to go on.
 *   Before that, what stopped it.
 */
export async function deploy(
  options: DeployOptions,
  context: TargetContext,
  steps: DeploySteps,
): Promise<TargetResult> {
  const given = imageDigest(options.imageDigest, process.env);
  await steps.check(context);
  await using session = await openSession(options, context);
  const tally = new Tally(session.stacks.keys());
  const deploying = deployingWith(options, context, steps, session, tally);
  const tell = (): void => context.progress.note(interruptedMessage(options, tally));
  // At once, as whoever runs this may end it soon after; Terraform goes on by itself to where it can stop.
  context.signal.addEventListener('abort', tell, { once: true });
  try {
    if (options.plans === undefined) await applyAll(wavesOf(session.stacks), given, deploying, context);
    else {
      const { root, env, plans, partly = false } = options;
      const left = await applyReviewed({ root, env, plans, imageDigest: given }, session.stacks, deploying);
      if (left !== undefined) {
        if (!partly) throw left;
        return { message: left.message, data: { environment: env, stacks: tally } };
      }
    }
    await afterwards(session, context, deploying);
  } catch (error) {
    throw stopped(error, options, tally);
  } finally {
    context.signal.removeEventListener('abort', tell);
  }
  return { message: `Deployed ${options.env}. ${tally.inWords()}`, data: { environment: options.env, stacks: tally } };
}

function deployingWith(
  { root, yes = false, allowReplace = [] }: DeployOptions,
  { progress, signal }: TargetContext,
  steps: DeploySteps,
  { open, folders }: Session,
  tally: Tally,
): Deploying {
  return { root, progress, signal, steps, open, folders, tally, yes, allowReplace };
}

async function applyAll(
  waves: readonly Wave[],
  given: string | undefined,
  deploying: Deploying,
  context: TargetContext,
): Promise<void> {
  let digest = given;
  for (const [at, wave] of waves.entries()) {
    if (digest === undefined && wave.some(({ terraform }) => runsAnImage(terraform))) {
      digest = await deploying.progress.step('image', 'push', () => deploying.steps.image(context), String);
    }
    const plans = await planWave(wave, digest, deploying);
    const ahead = initializeAhead(waves[at + 1] ?? [], deploying);
    // Also where this fails: nothing goes on in a folder after the command has ended.
    await applyWave(plans, deploying).finally(() => ahead);
  }
}

/**
 * The waves of a review.
 *
 * @returns `REVIEW_NEEDED` where some plans rest on assumptions, which are none that can be applied: it ends before them
 */
async function applyReviewed(
  { root, env, plans, imageDigest: digest }: Omit<ReviewedOptions, 'commit' | 'tree'>,
  stacks: SynthesizedStacks,
  deploying: Deploying,
): Promise<InfraError | undefined> {
  const git = command('git', { env: process.env, signal: deploying.signal });
  const at = { commit: await commitOf(root, git), tree: await treeOf(root, git) };
  const reviewed = await openReview({ root, env, plans, ...at, imageDigest: digest }, stacks, deploying);
  for (const wave of wavesOf(stacks)) {
    const real = wave.flatMap(({ name }) => reviewed.plans.get(name) ?? []);
    await applyWave(real, { ...deploying, yes: true });
  }
  if (reviewed.assumed.length === 0) return undefined;
  return new InfraError(
    'REVIEW_NEEDED',
    `${deploying.tally.inWords()} The plans of ${reviewed.assumed.join(', ')} rested on assumptions about what is applied ` +
      `only now. Review them, and deploy that:\n  nx run infra:review --env=${env} --image-digest=sha256:…\n` +
      `  nx run infra:deploy --env=${env} --plans=cdktf.out/${env}/review`,
  );
}

function runsAnImage(terraform: Readonly<Record<string, unknown>>): boolean {
  const { variable } = terraform;
  return typeof variable === 'object' && variable !== null && 'image_digest' in variable;
}

/** What proves that the stacks do what they are for: only where they were deployed down to the service. */
async function afterwards(
  { stacks, open, folders }: Session,
  context: TargetContext,
  { steps }: Deploying,
): Promise<void> {
  const last = serviceStack(stacks);
  if (last === undefined) return;
  const { progress } = context;
  const outputs = await open.terraform.outputs(folders.work('plan', last));
  const values = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  const { clusterName, serviceName } = serviceSchema.parse(values);
  const service: Service = { region: readNeeds(stacks).region, cluster: clusterName, service: serviceName };
  await progress.step(last, 'wait for the service', () => steps.steady(service, context));
  await progress.step(last, 'verify', () => steps.verify(context));
}

/** The stack with the outputs of a service; undefined where it was not deployed. */
export function serviceStack(stacks: SynthesizedStacks): string | undefined {
  const found = [...stacks.values()].find(
    ({ terraform: { output } }) => 'clusterName' in output && 'serviceName' in output,
  );
  return found?.name;
}

function stopped(error: unknown, options: DeployOptions, tally: Tally): unknown {
  if (!(error instanceof InfraError) || error.code === 'REVIEW_NEEDED') return error;
  if (tally.isUntouched) return error;
  return new InfraError(
    'DEPLOY_STOPPED',
    [`${error.code}: ${error.message}`, tally.inWords(), `Go on with: ${nextCommand(options)}`].join('\n'),
    { cause: error },
  );
}

function interruptedMessage(options: DeployOptions, tally: Tally): string {
  return [
    'Ending on request. Terraform finishes what it is doing and saves its state, also when this command is gone.',
    `${tally.inWords()} Go on, when it has ended, with: ${nextCommand(options)}`,
  ].join('\n');
}

/** The command that goes on: what was applied is found unchanged. Plans of a review are of a state that has moved on. */
function nextCommand({
  env,
  stack,
  plans,
  imageDigest: digest,
  allowReplace = [],
  yes = false,
}: DeployOptions): string {
  if (plans !== undefined) return `nx run infra:review --env=${env}, and with its plans this command`;
  return [
    `nx run infra:deploy --env=${env}`,
    ...(stack === undefined ? [] : [`--stack=${stack}`]),
    ...(digest === undefined ? [] : [`--image-digest=${digest}`]),
    ...allowReplace.map((address) => `--allow-replace=${address}`),
    ...(yes ? ['--yes'] : []),
  ].join(' ');
}
