import { type ExecutorContext } from '@nx/devkit';

import { push, type PushTargetOptions } from '../../image/push.ts';
import { target } from '../../targets/target.ts';

export interface PushExecutorOptions extends Omit<PushTargetOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run auth:push --env=dev|prod`, and the options of `image` */
export default function executor(
  { json, ...options }: PushExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => push({ root, ...options }, context));
}
