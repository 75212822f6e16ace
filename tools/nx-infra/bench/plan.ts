import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Progress } from '../src/progress/progress.ts';
import { openTerraform } from '../src/runner/open.ts';
import { synthesize } from '../src/synth/synthesize.ts';
import { Folders } from '../src/targets/folder.ts';
import { plan } from '../src/targets/plan/plan.ts';
import { type TargetContext } from '../src/targets/target.ts';
import { awsProvider } from '../src/terraform/provider.ts';
import { simulatedAws } from '../src/testing/moto.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const ENVIRONMENT = 'prod';
/** Of that environment: the provider refuses any other. */
const ACCOUNT = '222222222222';

/** The seconds of one round. */
export interface Round {
  /** `infra:plan`. */
  readonly together: number;
  /** The same configurations with Terraform's own commands, one stack after another. */
  readonly apart: number;
}

/** Plans all stacks of production from an empty account in both ways, in turns. Each way is warmed up once. */
export async function measurePlan(rounds: number): Promise<readonly Round[]> {
  await using aws = await simulatedAws(ACCOUNT);
  Object.assign(process.env, aws.env);
  const context: TargetContext = {
    progress: new Progress({ json: false, write: () => undefined, now: () => performance.now() }),
    signal: new AbortController().signal,
  };
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'));
  try {
    const together = (): Promise<unknown> => plan({ root: ROOT, env: ENVIRONMENT }, context);
    await together();
    await cp(new Folders(ROOT, ENVIRONMENT).work('plan', ''), folder, { recursive: true });
    const apart = (): Promise<void> => oneAfterAnother(folder, context.signal);
    await apart();
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      measured.push({ together: await seconds(together), apart: await seconds(apart) });
    }
    return measured;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What a person would type, in the folders that hold what was planned together. */
async function oneAfterAnother(folder: string, signal: AbortSignal): Promise<void> {
  const { stacks } = await synthesize({ root: ROOT, environment: ENVIRONMENT });
  await using open = await openTerraform({ provider: awsProvider(stacks), env: process.env, signal });
  for (const name of stacks.keys()) {
    const work = join(folder, name);
    await open.terraform.init(work, { backend: true, lockFile: true });
    const variables = name === 'ecs' ? { image_digest: `sha256:${'0'.repeat(64)}` } : {};
    await open.terraform.plan(work, { out: 'plan.tfplan', variables });
    await open.terraform.show(work, 'plan.tfplan');
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
