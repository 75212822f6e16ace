/** Every code of {@link ReviewError}; each is a row of the README and is raised by a test. */
export const reviewErrorCodes = [
  'NOT_JSON',
  'TRUNCATED',
  'NOT_A_PLAN',
  'FORMAT_TOO_NEW',
  'PLAN_MALFORMED',
  'PLAN_ERRORED',
  'ACTION_UNKNOWN',
  'STACK_TWICE',
  'NO_PLANS',
  'ASSUMPTIONS_MALFORMED',
  'WAIVERS_MALFORMED',
  'PRICES_MALFORMED',
  'FILE_UNREADABLE',
  'OPTION_INVALID',
] as const;

export type ReviewErrorCode = (typeof reviewErrorCodes)[number];

/** What happened, why it matters, and how to mend it: one sentence each, without the final full stop. */
export interface ReviewErrorText {
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

/** Something that cannot be reviewed. It is never reviewed in part, and never quotes what it could not read. */
export class ReviewError extends Error {
  override readonly name = 'ReviewError';

  constructor(
    readonly code: ReviewErrorCode,
    /** The plan or the file at fault; empty where no single one is. */
    readonly subject: string,
    { what, why, mend }: ReviewErrorText,
  ) {
    super(`${subject === '' ? '' : `${subject}: `}${what}. ${why}. ${mend}.`);
  }
}
