/** Gives the value a reference stands for; `undefined` when it is not known. */
export type Resolve = (reference: readonly string[]) => unknown;

/** `a.b.c`, or `a["b"].c`: a reference and nothing more. Function calls and the like are not. */
const REFERENCE = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\["[\w-]+"\])+$/;

/** A template sequence, unless it is escaped as `$${`. Expressions with braces inside are left alone. */
const TEMPLATE = /(?<!\$)\$\{([^{}]*)\}/g;

/** The parts of a reference, or `undefined` when the expression is something else. */
export function parseReference(expression: string): readonly string[] | undefined {
  const trimmed = expression.trim();
  if (!REFERENCE.test(trimmed)) return undefined;
  return trimmed.replaceAll(/\["([\w-]+)"\]/g, '.$1').split('.');
}

/**
 * Replaces the references in a Terraform JSON value by what they stand for. What cannot be resolved stays as it was
 * written, so that a reader sees an expression and never a wrong value.
 */
export function substitute(value: unknown, resolve: Resolve): unknown {
  if (typeof value === 'string') return substituteString(value, resolve);
  if (Array.isArray(value)) return value.map((item) => substitute(item, resolve));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, resolve)]));
  }
  return value;
}

/** Whether a string still holds an expression. */
export function hasExpression(text: string): boolean {
  return /(?<!\$)[$%]\{/.test(text);
}

function substituteString(text: string, resolve: Resolve): unknown {
  const known = (expression: string): unknown => {
    const reference = parseReference(expression);
    return reference === undefined ? undefined : resolve(reference);
  };
  // An expression that is the whole string keeps its type: a list stays a list.
  const whole = /^\$\{([^{}]*)\}$/.exec(text);
  if (whole?.[1] !== undefined) return known(whole[1]) ?? text;
  return text.replaceAll(TEMPLATE, (template, expression: string) => {
    const replacement = known(expression);
    return isScalar(replacement) ? String(replacement) : template;
  });
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
