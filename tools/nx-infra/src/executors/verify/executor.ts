import { type ExecutorContext } from '@nx/devkit';

import { target } from '../../targets/target.ts';
import { appliedCognito } from '../../targets/verify/applied.ts';
import { lookup } from '../../targets/verify/outside.ts';
import { verify } from '../../targets/verify/verify.ts';

export interface VerifyExecutorOptions {
  readonly env: string;
  readonly url?: string;
  readonly ca?: string;
  readonly json: boolean;
}

/** Longer than a load balancer waits for a target to take a connection (10 s, "HTTP 504"). */
const TIMEOUT_MILLISECONDS = 15_000;

/** `nx run infra:verify --env=local|dev|prod [--url=https://…] [--ca=FILE] [--json]` */
export default function executor(
  { json, ...options }: VerifyExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) =>
    verify({ root, ...options }, context, {
      lookup,
      now: Date.now,
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      applied: () => appliedCognito({ root, env: options.env }, context),
    }),
  );
}
