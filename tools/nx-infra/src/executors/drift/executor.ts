import { type ExecutorContext } from '@nx/devkit';

import { drift } from '../../targets/drift/drift.ts';
import { type SessionOptions } from '../../targets/session.ts';
import { target } from '../../targets/target.ts';

export interface DriftExecutorOptions extends Omit<SessionOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run infra:drift --env=dev|prod [--stack=alb] [--json]` */
export default function executor(
  { json, ...options }: DriftExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => drift({ root, ...options }, context));
}
