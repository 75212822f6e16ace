import { withAwsEnvironment } from '../simulated-aws/environment.ts';
import { simulatedAws } from '../simulated-aws/simulated-aws.ts';
import { type SynthesizedStacks } from '../synth/manifest.ts';
import { synthesize } from '../synth/synthesize.ts';
import { bootstrap } from '../targets/bootstrap/bootstrap.ts';
import { deploy } from '../targets/deploy/deploy.ts';
import { type DeploySteps } from '../targets/deploy/steps.ts';
import { accountOf } from '../targets/rehearse/account.ts';
import { clientsOf } from '../targets/rehearse/clients.ts';
import { Described } from '../targets/rehearse/described.ts';
import { rehearsalWorkspace } from '../targets/rehearse/rehearsal-workspace.ts';
import { pushImage } from '../targets/rehearse/use.ts';
import { type TargetContext } from '../targets/target.ts';

/** An environment that is applied to a simulated AWS, where every part of it exists. */
export interface Applied {
  /** Of the copy of the workspace that it is deployed from. */
  readonly root: string;
  readonly env: string;
  readonly stacks: SynthesizedStacks;
  /** Of the image that runs. */
  readonly digest: string;
  readonly endpoint: string;
}

/**
 * Applies an environment to a simulated AWS, does some work there, and leaves nothing of it behind.
 *
 * @throws {InfraError} what deploying throws; `SIMULATOR_MISSING`, `SIMULATOR_FAILED`
 */
export async function withApplied<T>(
  root: string,
  env: string,
  context: TargetContext,
  work: (applied: Applied) => Promise<T>,
): Promise<T> {
  await using workspace = await rehearsalWorkspace(root, env);
  const { stacks } = await synthesize({ root: workspace.root, environment: env });
  const account = accountOf(stacks, env);
  await using aws = await simulatedAws(account);
  // Awaited here: it has to be over before what it works on is taken away.
  return await withAwsEnvironment(process.env, aws.env, async () => {
    using clients = clientsOf(account.region);
    const options = { root: workspace.root, env };
    await bootstrap(options, context);
    let digest = '';
    const nothing = (): Promise<void> => Promise.resolve();
    const steps: DeploySteps = {
      check: nothing,
      image: async () => (digest = await pushImage(clients, new Described(stacks))),
      steady: nothing,
      verify: nothing,
      ask: undefined,
    };
    await deploy({ ...options, yes: true }, context, steps);
    return await work({ ...options, stacks, digest, endpoint: aws.endpoint });
  });
}
