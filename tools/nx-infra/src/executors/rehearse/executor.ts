import { type ExecutorContext } from '@nx/devkit';

import { rehearse } from '../../targets/rehearse/rehearse.ts';
import { target } from '../../targets/target.ts';

export interface RehearseExecutorOptions {
  readonly env: string;
  readonly json: boolean;
}

/** `nx run infra:rehearse [--env=prod] [--json]` */
export default function executor(
  { json, ...options }: RehearseExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => rehearse({ root, ...options }, context));
}
