import { type Json } from './schema.ts';

/** Stands where a value is known only after the apply, and nothing says where it comes from. */
export const UNKNOWN = '(known after apply)';

/** Whether a value, or a part of it, is not known yet, kept back, or says nothing for another reason. */
export function isOpaque(value: unknown): boolean {
  return typeof value === 'string' && (isUnknown(value) || isHidden(value));
}

/** Also where it is named by the reference it comes from: `${aws_lb.alb.arn}`. */
export function isUnknown(value: unknown): boolean {
  return typeof value === 'string' && (value.includes(UNKNOWN) || /\$\{[^}]*\}/.test(value));
}

export function isHidden(value: unknown): boolean {
  return typeof value === 'string' && (/\bhidden-\d+\b/.test(value) || value === '(sensitive)');
}

/** Where a value is written, and what its references are relative to. */
interface Origin {
  /** The address of the module, with a dot at its end; empty for the root. */
  readonly module: string;
}

/**
 * The value with every part that is not known yet as a text: the reference it comes from, where its expression is one
 * reference, or {@link UNKNOWN}.
 */
export function withUnknown(value: unknown, unknown: unknown, expression: unknown, origin: Origin): unknown {
  if (unknown === true) return textOf(expression, origin);
  // Kept back as a whole.
  if (typeof value === 'string') return value;
  if (Array.isArray(unknown)) {
    const known = Array.isArray(value) ? (value as unknown[]) : [];
    const written = Array.isArray(expression) ? aligned(expression as unknown[], known) : [];
    return Array.from({ length: Math.max(known.length, unknown.length) }, (_, index) =>
      withUnknown(known[index], unknown[index], written[index], origin),
    );
  }
  if (!isTree(unknown)) return value;
  const known = isTree(value) ? value : {};
  const written = isTree(expression) ? expression : {};
  const block = Array.isArray(expression) && expression.length === 1 ? (expression[0] as unknown) : undefined;
  const inner = isTree(block) ? block : written;
  const parts = Object.entries(unknown).filter(([, part]) => holdsUnknown(part));
  return {
    ...known,
    ...Object.fromEntries(parts.map(([key, part]) => [key, withUnknown(known[key], part, inner[key], origin)])),
  };
}

/**
 * The expressions of blocks in the order of their values: Terraform sorts the blocks of a set, so that their places say
 * nothing and their constants have to. A value for which none is left gets none.
 */
function aligned(expressions: readonly unknown[], values: readonly unknown[]): readonly unknown[] {
  const left = new Set(expressions.keys());
  return values.map((value, index) => {
    const fits = (candidate: number): boolean => left.has(candidate) && constantsFit(expressions[candidate], value);
    const found = fits(index) ? index : [...left].find(fits);
    if (found === undefined) return undefined;
    left.delete(found);
    return expressions[found];
  });
}

function constantsFit(expression: unknown, value: unknown): boolean {
  if (!isTree(expression) || !isTree(value)) return true;
  return Object.entries(expression).every(([key, part]) => {
    // A template of JSON syntax is called constant too, and has references.
    if (!isTree(part) || !('constant_value' in part) || 'references' in part) return true;
    return JSON.stringify(part['constant_value']) === JSON.stringify(value[key]);
  });
}

function holdsUnknown(part: unknown): boolean {
  if (typeof part !== 'object' || part === null) return part === true;
  return Object.values(part).some(holdsUnknown);
}

function textOf(expression: unknown, origin: Origin): string {
  const template = isTree(expression) ? expression['constant_value'] : undefined;
  // JSON configuration, as CDKTF writes it: the template itself is there.
  if (typeof template === 'string' && /\$\{/.test(template)) return absolute(template, origin);
  const [first, ...more] = referencesOf(expression);
  if (first === undefined || more.some((other) => !first.startsWith(other))) return UNKNOWN;
  return absolute(`\${${first}}`, origin);
}

/** The references of an expression, the most exact first. */
export function referencesOf(expression: unknown): readonly string[] {
  const references = isTree(expression) ? expression['references'] : undefined;
  return Array.isArray(references) ? references.filter((each) => typeof each === 'string') : [];
}

/** With the references to resources as they are called from the root. */
function absolute(template: string, { module }: Origin): string {
  if (module === '') return template;
  return template.replaceAll(
    /\$\{(?!(?:var|local|data|each|count|path|terraform|self)\.)([a-z]\w*\.)/g,
    (_, start: string) => `\${${module}${start}`,
  );
}

function isTree(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
