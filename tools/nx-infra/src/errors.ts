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
  DOCKER_MISSING: 'there is no Docker that answers, or its client cannot build with BuildKit',
  IMAGE_FAILED: 'Docker did not build, fetch or push an image; the message holds what it said',
  IMAGE_TAG_TAKEN: 'the registry has another image under the tag of this one',
  NOT_APPLIED: 'a stack whose outputs are needed is not applied',
  AWS_ACCOUNT: 'the credentials belong to another account than the environment',
  AWS_FAILED: 'AWS refused a request, or did not answer; the message holds what it said',
  NOT_CONFIRMED: 'nobody agreed to a change: the answer was another, or there was nobody to ask',
  REPLACE_REFUSED: 'a plan would destroy or replace something that holds data, and was not allowed to',
  PLANS_REFUSED: 'plans that were reviewed are not to be applied: they were changed, or what they are about was',
  REVIEW_NEEDED: 'what was reviewed is applied; the stacks on top of it have to be reviewed now',
  REVIEW_REFUSED: 'the plans, or the waivers, cannot be reviewed as a whole, and so nothing was reviewed',
  REVIEW_FAILED: 'a review came to a verdict that must not pass; the review says why',
  STATE_LOCKED: 'another run holds the lock of a state, or was killed while it did',
  RECOVERY_NEEDED: 'an apply was killed, and what it made cannot be found without a person',
  DEPLOY_STOPPED: 'a deployment ended before it was done; the message says how far it came and how to go on',
  NOT_STEADY: 'the service does not run what was deployed',
  PROTECTED: 'what was to be destroyed is protected from it',
  DRIFT_FOUND: 'something was changed outside of Terraform',
  DRIFT_UNKNOWN: 'whether anything drifted is not known, because looking failed',
  GITHUB_FAILED: 'GitHub refused a request, or did not answer; the message holds what it said',
  NOT_AS_DESCRIBED: 'seen from outside, an environment is not as its stacks describe it',
  ROUTES_DISAGREE: 'the application and a load balancer do not agree on what is public',
  SIMULATOR_MISSING: 'Python or moto, of which the simulated AWS is made, is not installed',
  SIMULATOR_FAILED: 'the simulated AWS did not start, or is not the version that its extensions were written for',
  REHEARSAL_FAILED: 'a rehearsal found something that is not as the stacks describe it',
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
