import { STATUS_CODES } from 'node:http';

import { HttpException } from '@nestjs/common';

/** What a client is told of an error: a status and a stable code, and no detail. */
export interface Problem {
  readonly status: number;
  readonly code: string;
}

/** Reads whatever was thrown: an exception of Nest, an error of Fastify (a malformed URL, a body too large), a bug. */
export function readProblem(thrown: unknown): Problem {
  if (thrown instanceof HttpException) {
    const response = thrown.getResponse();
    const code = typeof response === 'object' && 'code' in response ? response.code : undefined;
    return problem(thrown.getStatus(), code);
  }
  return problem(fastifyStatus(thrown) ?? 500, undefined);
}

/**
 * A stranger does not learn which paths exist. Paths behind the guard never get here as 404; what does is beyond every
 * route, such as `OPTIONS *`.
 */
export function conceal(found: Problem, visitor: 'known' | 'stranger'): Problem {
  return found.status === 404 && visitor === 'stranger' ? problem(401, undefined) : found;
}

/** The problem of which no more than the status is known. */
export function problemOf(status: number): Problem {
  return problem(status, undefined);
}

/** A code is a word of ours: what else might be thrown under that name reaches neither the client nor the log. */
function problem(status: number, code: unknown): Problem {
  if (typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,63}$/.test(code)) return { status, code };
  const phrase = STATUS_CODES[status] ?? 'Error';
  return { status, code: phrase.toUpperCase().replace(/[^A-Z]+/g, '_') };
}

/** Fastify's own errors have a code `FST_…` and say which status is meant. No other error may choose its status. */
function fastifyStatus(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('statusCode' in thrown)) return undefined;
  const { code, statusCode } = thrown;
  return typeof code === 'string' && code.startsWith('FST_') && typeof statusCode === 'number' ? statusCode : undefined;
}
