import { type ExecutorContext } from '@nx/devkit';

import { plan } from '../../targets/plan/plan.ts';
import { target } from '../../targets/target.ts';

export interface PlanExecutorOptions {
  readonly env: string;
  readonly stack?: string;
  readonly imageDigest?: string;
  readonly json: boolean;
}

/** `nx run infra:plan --env=dev|prod [--stack=alb] [--image-digest=sha256:…] [--json]` */
export default function executor(
  { json, ...options }: PlanExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => plan({ root, ...options }, context));
}
