/** What can go wrong in the targets of this plugin, by code. The README has the same list. */
export const CATALOGUE = {
  SYNTH_FAILED: 'the CDKTF application refused its environment or one of its invariants, or did not compile',
  MANIFEST_INVALID: 'the CDKTF application wrote something that is not its manifest',
  STACK_MISSING: 'a stack that is needed was not synthesized',
  RESOURCE_MISSING: 'a resource that is needed is not in its stack',
  REFERENCE_UNRESOLVED: 'a value depends on something that has no counterpart on this machine',
  DOMAIN_NOT_LOCAL: "the environment's domain does not lead to this machine",
  NODE_TOO_OLD: 'this Node cannot run the workspace',
  PORT_IN_USE: 'another process listens where a part has to',
  PORT_FORBIDDEN: 'a part has to listen on a port that this user may not open',
  FILE_MISSING: 'a file that an option names is not there',
  FILE_MALFORMED: 'a file that an option names is not of its form',
  APPLICATION_FAILED: 'the application did not compile, ended, or did not become ready',
  OPTION_INVALID: 'an option of a target is not what it may be',
  TERRAFORM_MISSING: "there is no Terraform on this machine's path",
  TERRAFORM_TOO_OLD: 'this Terraform cannot lock a state in S3',
  TERRAFORM_FAILED: 'a Terraform command failed; the message holds what it said',
  STACKS_FAILED: 'a target failed for some stacks; each was named when it did',
  KIND_UNKNOWN: "an output's kind has no placeholder, so what depends on it cannot be planned ahead",
  NOT_READY: 'this machine or the account lacks what an environment needs',
  BUCKET_POLICY: 'the state bucket has a policy that allows requests without TLS, and that is not ours to replace',
  INTERRUPTED: 'somebody ended the target',
} as const;

export type InfraErrorCode = keyof typeof CATALOGUE;

/** A failure with a message that can be shown as it is: what happened, why it matters, how to mend it. */
export class InfraError extends Error {
  override readonly name = 'InfraError';

  constructor(
    readonly code: InfraErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
