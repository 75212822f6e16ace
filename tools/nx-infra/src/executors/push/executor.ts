import { type ExecutorContext } from '@nx/devkit';

import { push, type PushTargetOptions } from '../../image/push.ts';
import { tellWorkflow } from '../../github/workflow-outputs.ts';
import { target } from '../../targets/target.ts';

export interface PushExecutorOptions extends Omit<PushTargetOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run auth:push --env=dev|prod`, and the options of `image` */
export default function executor(
  { json, ...options }: PushExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, async (context) => {
    const pushed = await push({ root, ...options }, context);
    await tellWorkflow({ digest: (pushed.data as { readonly digest: string }).digest }, process.env);
    return pushed;
  });
}
