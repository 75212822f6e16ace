import { type ExecutorContext } from '@nx/devkit';

import { open, type SealOptions } from '../../delivery/plans.ts';
import { PlansKey, plansKeyOf } from '../../delivery/plans-key.ts';
import { command } from '../../runner/command.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { target } from '../../targets/target.ts';

export interface OpenExecutorOptions extends Omit<SealOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run infra:open --env=dev|prod --plans=DIR --sealed=FILE [--json]` */
export default function executor(
  { json, ...options }: OpenExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, async ({ signal }) => {
    const { stacks } = await synthesize({ root, environment: options.env });
    const key = new PlansKey(command('aws', { env: process.env, signal }), root, plansKeyOf(options.env, stacks));
    return open({ root, ...options }, key);
  });
}
