import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { InitializedFolders } from '../../runner/initialized-folders.ts';
import { KeptProviders } from '../../runner/kept-providers.ts';
import { withAwsEnvironment } from '../../simulated-aws/environment.ts';
import { simulatedAws } from '../../simulated-aws/simulated-aws.ts';
import { Syntheses } from '../../synth/syntheses.ts';
import { type TargetContext, type TargetResult } from '../target.ts';
import { clientsOf } from './clients.ts';
import { Described } from './described.ts';
import { accountOf } from './account.ts';
import { journey } from './journey.ts';
import { rehearsalWorkspace } from './rehearsal-workspace.ts';

export interface RehearseOptions {
  /** The workspace. */
  readonly root: string;
  /** One of `stacks/environments`. */
  readonly env: string;
}

/**
 * `infra:rehearse`: applies an environment to a simulated AWS with the code that deploys it, looks at the outcome
 * through the AWS SDK, finds nothing to change, finds what was changed past Terraform, sets it back, destroys
 * everything, and finds nothing left. Reaches no account, and nothing of a deployment: neither its plans nor its states.
 *
 * @throws {InfraError} `REHEARSAL_FAILED`; `SIMULATOR_MISSING`, `TERRAFORM_MISSING` and what deploying throws
 */
export async function rehearse({ root, env }: RehearseOptions, context: TargetContext): Promise<TargetResult> {
  const { progress } = context;
  const logs = await mkdtemp(join(tmpdir(), 'gatehouse-rehearsal-'));
  const log = join(logs, 'simulated-aws.log');
  try {
    await using workspace = await rehearsalWorkspace(root, env);
    await using other = await rehearsalWorkspace(root, env);
    // What the provider tells of itself when it starts takes longer than most of what it is asked to do here.
    await using providers = new KeptProviders();
    const syntheses = new Syntheses();
    const { stacks } = await syntheses.of({ root: workspace.root, environment: env });
    const account = accountOf(stacks, env);
    await using aws = await simulatedAws({ ...account, log });
    progress.note(`Simulating account ${account.account} at ${aws.endpoint}.`);
    const result = await withAwsEnvironment(process.env, aws.env, async () => {
      using clients = clientsOf(account.region);
      return journey(
        { workspace, other, env, clients, described: new Described(stacks), account, endpoint: aws.endpoint },
        { ...context, providers, syntheses, initialized: new InitializedFolders() },
      );
    });
    await rm(logs, { recursive: true, force: true });
    return result;
  } catch (error) {
    if (context.signal.aborted || !existsSync(log)) await rm(logs, { recursive: true, force: true });
    else progress.note(`What the simulated AWS was asked is in ${log}.`);
    throw error;
  }
}
