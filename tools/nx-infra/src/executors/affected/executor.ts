import { join } from 'node:path';

import { type ExecutorContext } from '@nx/devkit';

import { affected, type AffectedOptions } from '../../delivery/affected.ts';
import { tellWorkflow } from '../../github/workflow-outputs.ts';
import { command } from '../../runner/command.ts';
import { synthesize } from '../../synth/synthesize.ts';
import { target } from '../../targets/target.ts';

export interface AffectedExecutorOptions extends Omit<AffectedOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run infra:affected [--base=COMMIT] [--head=COMMIT] [--env=dev,prod] [--json]` */
export default function executor(
  { json, ...options }: AffectedExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, async ({ signal }) => {
    const env = { ...process.env, NX_DAEMON: 'false', FORCE_COLOR: '0' };
    const found = await affected(
      { root, ...options },
      {
        nx: command(join(root, 'node_modules', '.bin', 'nx'), { env, signal }),
        git: command('git', { env, signal }),
        synthesize: async (environment) => (await synthesize({ root, environment })).stacks,
      },
    );
    await tellWorkflow({ environments: JSON.stringify(found.data) }, process.env);
    return found;
  });
}
