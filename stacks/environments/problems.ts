import { type z } from 'zod';

import { type Guidance, guidanceOf, schemaAt } from './guidance.ts';

const LONGEST_VALUE = 80;

/**
 * One line for each refused field: its dotted path, the value, the reason and an example of a value that would be taken.
 *
 * @param environment name of the environment, which starts every line
 * @param schema what the input was held against
 * @param input the whole environment as given
 */
export function problems(
  environment: string,
  schema: z.ZodType,
  input: unknown,
  issues: readonly z.core.$ZodIssue[],
): readonly string[] {
  const lines = new Map<string, string>();
  for (const issue of issues) {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    for (const path of paths) {
      const at = dotted(path);
      if (lines.has(at)) continue;
      const { reason, example } = adviceFor(issue, schema, path);
      const hint = example === undefined ? '' : `; for example ${JSON.stringify(example)}`;
      lines.set(
        at,
        `environment ${environment}: ${at}: ${shown(valueAt(input, path))} is refused: it ${reason}${hint}`,
      );
    }
  }
  return [...lines.values()];
}

function adviceFor(issue: z.core.$ZodIssue, schema: z.ZodType, path: readonly PropertyKey[]): Guidance {
  if (issue.code === 'custom' && issue.params) return issue.params as unknown as Guidance;
  if (issue.code === 'unrecognized_keys') {
    const parent = schemaAt(schema, issue.path);
    return { reason: 'is not a setting of an environment', example: parent && guidanceOf(parent)?.example };
  }
  const found = schemaAt(schema, path);
  return (found && guidanceOf(found)) ?? { reason: issue.message, example: undefined };
}

function dotted(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '(all)' : path.map(String).join('.');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
}

function shown(value: unknown): string {
  if (value === undefined) return '(missing)';
  const text = JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}
