import { type ExecutorContext } from '@nx/devkit';

import { target } from '../../targets/target.ts';
import { doctor } from '../../targets/doctor/doctor.ts';

export interface DoctorExecutorOptions {
  readonly env: string;
  readonly json: boolean;
}

/** `nx run infra:doctor --env=local|dev|prod [--json]` */
export default function executor(
  { json, ...options }: DoctorExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => doctor({ root, ...options }, context));
}
