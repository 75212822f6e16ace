import { types } from 'node:util';

/** What the log may know of an error that nobody expected. */
export interface ErrorRecord {
  readonly name: string;
  readonly code?: string;
  /** Of a system call that failed: which, and for what address of this machine or another. */
  readonly system?: string;
  /** Where it was thrown, the innermost first. */
  readonly at: readonly string[];
  readonly cause?: ErrorRecord;
}

const MAX_FRAMES = 12;
const MAX_CAUSES = 4;
const WORD = /^[A-Za-z][\w.-]{0,63}$/;

/**
 * An error without its message, nor any property that is not named here: messages quote what was wrong ("… is not valid
 * JSON", "invalid header value: Bearer …"), and errors of HTTP clients carry the headers they sent. Name, code and the
 * places in the source say where to look, and cannot be chosen by a request.
 */
export function errorRecord(thrown: unknown, causes = MAX_CAUSES): ErrorRecord {
  if (!isError(thrown)) return { name: typeof thrown, at: [] };
  const { code, cause } = thrown as { readonly code?: unknown; readonly cause?: unknown };
  const system = systemCall(thrown);
  return {
    name: WORD.test(thrown.name) ? thrown.name : 'Error',
    ...(typeof code === 'string' && WORD.test(code) && { code }),
    ...(system !== undefined && { system }),
    at: frames(thrown),
    ...(cause !== undefined && causes > 0 && { cause: errorRecord(cause, causes - 1) }),
  };
}

/** Of whatever realm, as a test's modules have one of their own. */
function isError(thrown: unknown): thrown is Error {
  return thrown instanceof Error || types.isNativeError(thrown);
}

/** `listen 127.0.0.1:3000`, from the fields that Node gives to errors of the system alone. */
function systemCall(error: Error): string | undefined {
  const { errno, syscall, address, port } = error as Readonly<Record<string, unknown>> & Error;
  if (typeof errno !== 'number' || typeof syscall !== 'string' || !WORD.test(syscall)) return undefined;
  const known = typeof address === 'string' && /^[\da-f.:]+$/i.test(address) && typeof port === 'number';
  return known ? `${syscall} ${address}:${port}` : syscall;
}

/** The stack begins with the message, which may have lines that look like frames. Where it does not, none is believed. */
function frames({ message, stack = '' }: Error): readonly string[] {
  const start = message === '' ? 0 : stack.indexOf(message);
  if (start === -1) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .flatMap((line) => /^ {4}at ((?:[\w$.<>[\] ]+ \()?(?:file:|node:|\/)[\w$@./-]*:\d+:\d+\)?)$/.exec(line)?.[1] ?? [])
    .slice(0, MAX_FRAMES);
}
