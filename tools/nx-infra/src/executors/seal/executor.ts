import { type ExecutorContext } from '@nx/devkit';

import { seal, type SealOptions } from '../../delivery/plans.ts';
import { PlansKey, plansKeyOf } from '../../delivery/plans-key.ts';
import { tellWorkflow } from '../../github/workflow-outputs.ts';
import { command } from '../../runner/command.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { target } from '../../targets/target.ts';

export interface SealExecutorOptions extends Omit<SealOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run infra:seal --env=dev|prod --plans=DIR --sealed=FILE [--json]` */
export default function executor(
  { json, ...options }: SealExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, async ({ signal }) => {
    const { stacks } = await synthesize({ root, environment: options.env });
    const key = new PlansKey(command('aws', { env: process.env, signal }), root, plansKeyOf(options.env, stacks));
    const done = await seal({ root, ...options }, key);
    await tellWorkflow({ changes: String(done.data.changes) }, process.env);
    return done;
  });
}
