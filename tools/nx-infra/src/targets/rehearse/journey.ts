import { InfraError } from '../../errors.ts';
import { Syntheses } from '../../synth/syntheses.ts';
import { bootstrap } from '../bootstrap/bootstrap.ts';
import { deploy } from '../deploy/deploy.ts';
import { steady } from '../deploy/steady.ts';
import { type DeploySteps } from '../deploy/steps.ts';
import { destroy } from '../destroy/destroy.ts';
import { doctor } from '../doctor/doctor.ts';
import { findDrift } from '../drift/drift.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { type ExpectedAccount } from './account.ts';
import { changesOf } from './changes.ts';
import { CHECKS } from './checks.ts';
import { type Clients } from './clients.ts';
import { Described } from './described.ts';
import { requireFound, requireNoChanges } from './expected.ts';
import { GAPS, tellGaps } from './gaps.ts';
import { look, requireSeen } from './look.ts';
import { type RehearsalWorkspace } from './rehearsal-workspace.ts';
import { requireNothing } from './remains.ts';
import { Replans } from './replans.ts';
import { pushImage, use } from './use.ts';

/** What is rehearsed, and where. */
export interface Rehearsal {
  readonly workspace: Pick<RehearsalWorkspace, 'root' | 'liftProtection'>;
  /** Another copy of the same, in which nothing is changed. */
  readonly other: Pick<RehearsalWorkspace, 'root'>;
  readonly env: string;
  readonly clients: Clients;
  readonly described: Described;
  readonly account: ExpectedAccount;
  /** Of the simulated AWS. */
  readonly endpoint: string;
}

/** The way of an environment, from an empty account to an empty account. */
export async function journey(rehearsal: Rehearsal, context: TargetContext): Promise<TargetResult> {
  const { workspace, other, env, clients, described, account, endpoint } = rehearsal;
  const { progress } = context;
  const options = { root: workspace.root, env };
  const chapter = (title: string): void => progress.note(`\n${title}`);

  chapter('Bootstrap and deploy, and plan each stack again once it is applied');
  await bootstrap(options, context);
  await using again = await Replans.open({ root: other.root, env }, context);
  const digest = await deployed(rehearsal, undefined, context, again);
  await use(clients, described);

  chapter('Look at it through the AWS SDK');
  await look({ clients, described, digest }, context);

  chapter('What the simulated AWS does otherwise than AWS, so that this does not show it');
  await tellGaps({ clients, described, account, endpoint }, context);

  chapter('Nothing may be left to change');
  requireNoChanges({ data: { stacks: await again.done() } });

  chapter('Change something past Terraform, and find it');
  const changes = await changesOf(clients, described);
  for (const { what, make } of changes) {
    progress.note(`Changed: ${what}.`);
    await make();
  }
  await requireSeen(changes, { clients, described, digest });
  requireFound(changes, await findDrift(options, context));
  for (const { what, undo } of changes) {
    if (undo === undefined) continue;
    progress.note(`Set back by hand: ${what}.`);
    await undo();
  }

  chapter('Deploy, which sets it back. As nobody destroys what is protected, this lifts the protection too');
  progress.note(`In the copy of stacks/environments/${env}.ts: deletionProtection: false`);
  await workspace.liftProtection();
  const lifted = { ...context, syntheses: new Syntheses() };
  const { stacks } = await lifted.syntheses.of({ root: workspace.root, environment: env });
  await deployed(rehearsal, digest, lifted);
  await look({ clients, described: new Described(stacks), digest }, lifted);

  chapter('Destroy');
  await destroy({ ...options, yes: true, confirm: env }, lifted, undefined);
  await progress.step('aws', 'look for what is left', () => requireNothing(clients, account));

  return {
    message: `Rehearsed ${env}: applied, looked at, found unchanged, found changed, set back and destroyed. Nothing is left.`,
    data: {
      environment: env,
      checks: CHECKS.map(({ name }) => name),
      /** The checks that were shown to be able to fail. */
      shown: [...new Set(changes.map(({ check }) => check))],
      gaps: GAPS.map(({ name }) => name),
    },
  };
}

/** @param given the digest of an image that is there. @returns that of the image that runs */
async function deployed(
  { workspace, env, clients, described }: Rehearsal,
  given: string | undefined,
  context: TargetContext,
  again?: Replans,
): Promise<string> {
  let digest = given;
  const options = { root: workspace.root, env };
  const steps: DeploySteps = {
    // Nothing of the account is another by the second time.
    check: () => (given === undefined ? doctor(options, context) : Promise.resolve()),
    image: async () => (digest = await pushImage(clients, described)),
    applied: (stack) => again?.plan({ stack, imageDigest: digest }),
    steady: (service) => steady(service, context, { client: clients.ecs }),
    // Nobody answers under the environment's name: `gaps.ts` says so.
    verify: () => Promise.resolve(),
    ask: undefined,
  };
  await deploy({ ...options, yes: true, ...(given === undefined ? {} : { imageDigest: given }) }, context, steps);
  if (digest === undefined) throw new InfraError('REHEARSAL_FAILED', 'The deployment pushed no image.');
  return digest;
}
