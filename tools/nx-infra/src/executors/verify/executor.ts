import { type ExecutorContext } from '@nx/devkit';

import { target } from '../../targets/target.ts';
import { realOutside } from '../../targets/verify/real-outside.ts';
import { verify } from '../../targets/verify/verify.ts';

export interface VerifyExecutorOptions {
  readonly env: string;
  readonly url?: string;
  readonly ca?: string;
  readonly json: boolean;
}

/** `nx run infra:verify --env=local|dev|prod [--url=https://…] [--ca=FILE] [--json]` */
export default function executor(
  { json, ...options }: VerifyExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => {
    const where = { root, ...options };
    return verify(where, context, realOutside(where, context));
  });
}
