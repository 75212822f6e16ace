/** A request that got no answer: a check that needs it fails. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
}

/** Says why, in words; a code of the system where there is one. */
export function unanswered({ host }: URL, error: unknown, timeoutMilliseconds: number): Unanswered {
  return new Unanswered(`${host} ${reason(error as NodeJS.ErrnoException, timeoutMilliseconds)}`, { cause: error });
}

function reason({ name, code, message }: NodeJS.ErrnoException, timeoutMilliseconds: number): string {
  if (name === 'AbortError' || name === 'TimeoutError') return `did not answer in ${timeoutMilliseconds / 1000} s.`;
  switch (code) {
    case 'ECONNREFUSED':
      return 'refuses connections: nothing listens there, or a security group is closed.';
    case 'ECONNRESET':
      return 'broke the connection off without an answer.';
    case 'ENOTFOUND':
      return 'has no address.';
    default:
      return `did not answer: ${code ?? message}.`;
  }
}
