import { hasExpression } from '../../terraform/expression.ts';

/** Values of the outputs of the stacks under one, by stack and output. */
export type UpstreamValues = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** An output of another stack. */
export interface Used {
  readonly stack: string;
  readonly output: string;
}

/** The outputs of other stacks that a stack's JSON asks their states for, by name. */
export function usedOutputs(json: unknown): readonly Used[] {
  const used = new Map<string, Used>();
  for (const [, stack = '', output = ''] of JSON.stringify(json).matchAll(
    /\bdata\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g,
  )) {
    used.set(`${stack}.${output}`, { stack, output });
  }
  return [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}

/**
 * A stack's JSON that takes the outputs of other stacks from given values, and asks no state for them.
 *
 * Terraform overrides no data source by a value, so each reference is pointed at a local of the same form, and the
 * data sources are left out.
 */
export function withValues(json: Readonly<Record<string, unknown>>, values: UpstreamValues): Record<string, unknown> {
  const { data, locals, ...rest } = rewritten(json) as Record<string, unknown>;
  const others = Object.fromEntries(
    Object.entries((data ?? {}) as Record<string, unknown>).filter(([type]) => type !== 'terraform_remote_state'),
  );
  const remoteState = Object.fromEntries(
    Object.entries(values).map(([stack, outputs]) => [stack, { outputs: literal(outputs) }]),
  );
  return {
    ...rest,
    ...(Object.keys(others).length > 0 ? { data: others } : {}),
    locals: { ...(locals as object | undefined), terraform_remote_state: remoteState },
  };
}

function rewritten(value: unknown): unknown {
  if (typeof value === 'string') return hasExpression(value) ? pointed(value) : value;
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === 'depends_on' ? withoutStates(item) : rewritten(item)]),
  );
}

function pointed(text: string): string {
  return text.replaceAll(/\bdata\.terraform_remote_state\./g, 'local.terraform_remote_state.');
}

/** `depends_on` names blocks, and these are gone. */
function withoutStates(dependsOn: unknown): unknown {
  if (!Array.isArray(dependsOn)) return dependsOn;
  return dependsOn.filter((name) => typeof name !== 'string' || !name.startsWith('data.terraform_remote_state.'));
}

/** A value as JSON that Terraform takes literally. */
function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/([$%])\{/g, '$1$1{');
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)]));
}
