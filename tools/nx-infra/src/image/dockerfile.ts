import { InfraError } from '../errors.ts';

/**
 * The base that a Dockerfile is built on where nobody names another.
 *
 * @throws {InfraError} `FILE_MALFORMED` where it has none
 */
export function defaultBase(dockerfile: string): string {
  const base = /^ARG BASE_IMAGE=(\S+)$/m.exec(dockerfile)?.[1];
  if (base !== undefined) return base;
  throw new InfraError(
    'FILE_MALFORMED',
    'The Dockerfile has no line ARG BASE_IMAGE=<image>, so there is no base to build on: add it, or give --base.',
  );
}
