import { type ExecutorContext } from '@nx/devkit';

import { target } from '../../targets/target.ts';
import { outputs } from '../../targets/outputs/outputs.ts';

export interface OutputsExecutorOptions {
  readonly env: string;
  readonly stack?: string;
  readonly json: boolean;
}

/** `nx run infra:outputs --env=local|dev|prod [--stack=alb] [--json]` */
export default function executor(
  { json, ...options }: OutputsExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => outputs({ root, ...options }, context));
}
