/** Every code of {@link ListenerError}; each is a row of the README and is raised by a test. */
export const listenerErrorCodes = [
  'NOT_TERRAFORM_JSON',
  'INVALID_FIELD',
  'UNKNOWN_FIELD',
  'UNKNOWN_ACTION',
  'UNKNOWN_CONDITION',
  'UNSUPPORTED_FEATURE',
  'UNRESOLVED_VALUE',
  'UNKNOWN_REFERENCE',
  'DUPLICATE_ARN',
  'DUPLICATE_PORT',
  'DUPLICATE_PRIORITY',
  'DUPLICATE_CONDITION',
  'DUPLICATE_ORDER',
  'AUTHENTICATION_ON_HTTP',
  'ROUTING_ACTION_MISPLACED',
  'INVALID_REDIRECT',
  'LIMIT_EXCEEDED',
  'QUOTA_EXCEEDED',
  'NO_CERTIFICATE',
  'TARGETS_NOT_REACHED',
  'INVALID_SOURCE_IP',
  'NO_DEFAULT_RULE',
  'RULE_NOT_READ',
] as const;

export type ListenerErrorCode = (typeof listenerErrorCodes)[number];

/** What happened, why it matters, and how to mend it: one sentence each, without the final full stop. */
export interface ListenerErrorText {
  /** The path of the argument inside the resource, such as `condition.0.path_pattern.values`. */
  readonly field?: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/** A configuration that is not, or not certainly, what AWS would run; or a request that no rule can judge. */
export class ListenerError extends Error {
  override readonly name = 'ListenerError';

  constructor(
    readonly code: ListenerErrorCode,
    /** The Terraform address of the resource at fault; empty where the whole document is. */
    readonly address: string,
    text: ListenerErrorText,
  ) {
    const place = [address, text.field ?? ''].filter((part) => part !== '').join(', ');
    super(`${place === '' ? '' : `${place}: `}${text.what}. ${text.why}. ${text.mend}.`);
  }
}
