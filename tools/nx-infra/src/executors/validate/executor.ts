import { type ExecutorContext } from '@nx/devkit';

import { target } from '../../targets/target.ts';
import { validate } from '../../targets/validate/validate.ts';

export interface ValidateExecutorOptions {
  readonly env: string;
  readonly stack?: string;
  readonly json: boolean;
}

/** `nx run infra:validate --env=local|dev|prod [--stack=alb] [--json]` */
export default function executor(
  { json, ...options }: ValidateExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => validate({ root, ...options }, context));
}
