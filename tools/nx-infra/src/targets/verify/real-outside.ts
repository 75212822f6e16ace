import { type TargetContext } from '../target.ts';
import { appliedCognito } from './applied.ts';
import { lookup, type Outside } from './outside.ts';

/** Longer than a load balancer waits for a target to take a connection: 10 s, then 504 (load-balancer-troubleshooting). */
const TIMEOUT_MILLISECONDS = 15_000;

/** The outside as it is: names of the system, the clock, and the state of the environment. */
export function realOutside(options: { readonly root: string; readonly env: string }, context: TargetContext): Outside {
  return {
    lookup,
    now: Date.now,
    timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    applied: () => appliedCognito(options, context),
  };
}
