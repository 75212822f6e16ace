import { acrossFields } from './across-fields.ts';
import { problems } from './problems.ts';
import { type Environment, environmentFields } from './schema.ts';

/** Why an environment was not taken: there is none of that name, or a value in it is refused. */
export type EnvironmentErrorCode = 'ENVIRONMENT_UNKNOWN' | 'ENVIRONMENT_INVALID';

/** An environment that cannot be used. `problems` has one line for each thing to mend. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly code: EnvironmentErrorCode;
  readonly problems: readonly string[];

  constructor(code: EnvironmentErrorCode, problems: readonly string[]) {
    super(problems.join('\n'));
    this.code = code;
    this.problems = problems;
  }
}

const schema = environmentFields.superRefine((environment, context) => {
  for (const { path, reason, example } of acrossFields(environment)) {
    context.addIssue({ code: 'custom', path: [...path], message: reason, params: { reason, example } });
  }
});

/**
 * Validates an environment.
 *
 * @param input the environment as written, of any shape
 * @throws {EnvironmentError} `ENVIRONMENT_INVALID`, with a line for each field: path, value, reason, example
 */
export function parseEnvironment(input: unknown): Environment {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const given = (input as { readonly name?: unknown } | null | undefined)?.name;
  const name = typeof given === 'string' ? given : '(unnamed)';
  throw new EnvironmentError('ENVIRONMENT_INVALID', problems(name, environmentFields, input, result.error.issues));
}
