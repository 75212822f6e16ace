import { albEgress } from './alb-egress.ts';
import { albHeaders } from './alb-headers.ts';
import { apiDenied } from './api-denied.ts';
import { clientApiLogin, clientCallback, clientGrant, clientSecret, machineScopes } from './app-client.ts';
import { bucketClosed, dataProtected } from './data.ts';
import { httpRedirects } from './http-redirects.ts';
import { type Invariant, type System, type Violation } from './invariant.ts';
import { loginAlike } from './login-alike.ts';
import { loginBeforeForward } from './login-before-forward.ts';
import { readable } from './readable.ts';
import { shell } from './shell.ts';
import { taskIngress } from './task-ingress.ts';
import { applyBounded, pullRequestReads } from './workflow-rights.ts';
import { workflowTrust } from './workflow-trust.ts';

/** The security invariants of the synthesized system. */
export const invariants: readonly Invariant[] = [
  readable,
  loginBeforeForward,
  loginAlike,
  apiDenied,
  httpRedirects,
  clientSecret,
  clientGrant,
  clientApiLogin,
  clientCallback,
  machineScopes,
  taskIngress,
  albEgress,
  albHeaders,
  shell,
  bucketClosed,
  dataProtected,
  workflowTrust,
  pullRequestReads,
  applyBounded,
];

/** The synthesized stacks break a security invariant, and were not written. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
  readonly code = 'INVARIANT_BROKEN';
  readonly violations: readonly Violation[];
  /** One line a violation: code, address, what, why, how to mend. */
  readonly problems: readonly string[];

  constructor(violations: readonly Violation[]) {
    const problems = violations.map(
      ({ code, address, what, why, mend }) => `${code}: ${address}: ${what}; ${why}. To mend it, ${mend}.`,
    );
    super(problems.join('\n'));
    this.violations = violations;
    this.problems = problems;
  }
}

/**
 * Checks the synthesized stacks, whichever way their resources came into them.
 *
 * @throws {InvariantError} `INVARIANT_BROKEN`, with every violation
 */
export function checkInvariants(system: System): void {
  const violations = invariants.flatMap((invariant) => invariant(system));
  if (violations.length > 0) throw new InvariantError(violations);
}
