import { type ExecutorContext } from '@nx/devkit';

import { target } from '../../targets/target.ts';
import { bootstrap } from '../../targets/bootstrap/bootstrap.ts';

export interface BootstrapExecutorOptions {
  readonly env: string;
  readonly json: boolean;
}

/** `nx run infra:bootstrap --env=dev|prod [--json]` */
export default function executor(
  { json, ...options }: BootstrapExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => bootstrap({ root, ...options }, context));
}
