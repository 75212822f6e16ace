import { type Environment } from '../environments/index.ts';
import { references, type References } from '../terraform/references.ts';
import { type Resource, resourcesOf, type SynthesizedStack } from '../terraform/synthesized.ts';

/** What is broken. Stable: a message may be worded anew, a code stays. */
export type ViolationCode =
  | 'UNREADABLE'
  | 'FORWARD_WITHOUT_LOGIN'
  | 'CLIENT_WITHOUT_SECRET'
  | 'CLIENT_GRANT'
  | 'CLIENT_API_LOGIN'
  | 'CALLBACK_MISMATCH'
  | 'MACHINE_SCOPES'
  | 'LOGIN_DIFFERS'
  | 'API_NOT_DENIED'
  | 'HEADERS_KEPT'
  | 'TASK_REACHABLE'
  | 'ALB_EGRESS_MISSING'
  | 'HTTP_NOT_REDIRECTED'
  | 'SHELL_UNASKED'
  | 'BUCKET_OPEN'
  | 'DATA_UNPROTECTED'
  | 'TRUST_UNREADABLE'
  | 'TRUST_TOO_WIDE'
  | 'TRUST_AUDIENCE'
  | 'PULL_REQUEST_WRITES'
  | 'APPLY_UNBOUNDED';

/** One broken security invariant, at one place. */
export interface Violation {
  readonly code: ViolationCode;
  /** Where: a resource, as `<stack>: <type>.<name>`, or a stack. */
  readonly address: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/** All stacks of an environment as they would be deployed. */
export interface System {
  readonly environment: Pick<
    Environment,
    'domain' | 'ports' | 'publicPaths' | 'apiPaths' | 'machines' | 'service' | 'deletionProtection' | 'delivery'
  >;
  readonly stacks: readonly SynthesizedStack[];
  readonly resources: readonly Resource[];
  readonly references: References;
}

/** A rule about the whole system. What it cannot read or follow it must take for broken. */
export type Invariant = (system: System) => readonly Violation[];

/** Reads the synthesized stacks for the invariants. */
export function systemOf(environment: System['environment'], stacks: readonly SynthesizedStack[]): System {
  return { environment, stacks, resources: stacks.flatMap(resourcesOf), references: references(stacks) };
}

/** The resources of some types. */
export function ofTypes(system: System, types: readonly string[]): readonly Resource[] {
  return system.resources.filter(({ type }) => types.includes(type));
}
