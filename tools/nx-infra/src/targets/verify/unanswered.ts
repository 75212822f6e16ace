/** A request that got no answer: a check that needs it fails. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';

  constructor(
    message: string,
    /** Whether it was waited for. */
    readonly waited: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** It did not come in time. A connection that is given up for that looks like any other that breaks. */
export function tooLate({ host }: URL, timeoutMilliseconds: number): Unanswered {
  return new Unanswered(`${host} did not answer in ${timeoutMilliseconds / 1000} s.`, true);
}

/** It will not come: says why, in words; a code of the system where there is one. */
export function unanswered({ host }: URL, cause: unknown): Unanswered {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new Unanswered(`${host} ${REASONS[code ?? ''] ?? `did not answer: ${code ?? message}.`}`, false, { cause });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refuses connections: nothing listens there, or a security group is closed.',
  ECONNRESET: 'broke the connection off without an answer.',
  ENOTFOUND: 'has no address.',
};
