import { type FastifyReply } from 'fastify';

import { type Problem, problemOf } from './problem.ts';

/** By Node's response: of Fastify's replies there may be several for one. */
const problems = new WeakMap<object, Problem>();

/** Remembers which error an answer is, for the line of its request. */
export function rememberProblem({ raw }: FastifyReply, problem: Problem): void {
  problems.set(raw, problem);
}

/** The code of an answer that is an error: the one remembered, or that of its status where nobody was asked. */
export function answeredCode({ raw, statusCode }: FastifyReply): string | undefined {
  return statusCode < 400 ? undefined : (problems.get(raw) ?? problemOf(statusCode)).code;
}
