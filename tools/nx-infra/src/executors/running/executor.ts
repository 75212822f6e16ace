import { ECSClient } from '@aws-sdk/client-ecs';
import { type ExecutorContext } from '@nx/devkit';

import { running } from '../../delivery/running.ts';
import { tellWorkflow } from '../../github/workflow-outputs.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { readNeeds } from '../../targets/doctor/needs.ts';
import { target } from '../../targets/target.ts';

export interface RunningExecutorOptions {
  readonly env: string;
  readonly json: boolean;
}

/** `nx run infra:running --env=dev|prod [--json]` */
export default function executor(
  { json, env }: RunningExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, async () => {
    const { stacks } = await synthesize({ root, environment: env });
    const found = await running(env, stacks, new ECSClient({ region: readNeeds(stacks).region }));
    // As an option, so that nothing is nothing.
    const { digest } = found.data;
    await tellWorkflow({ option: digest === null ? '' : `--image-digest=${digest}` }, process.env);
    return found;
  });
}
