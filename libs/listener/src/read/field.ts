import { z } from 'zod';
import { ListenerError, type ListenerErrorCode } from '../errors.ts';
import { type Problems } from './problems.ts';

/** A template that Terraform still has to evaluate; `$${` and `%%{` are its escapes for the literal characters. */
const template = /(?<![$%])[$%]\{/;

/** Whether the text holds a reference that was not resolved before reading. */
export function isUnresolved(text: string): boolean {
  return template.test(text);
}

function unescape(text: string): string {
  return text.replaceAll('$${', '${').replaceAll('%%{', '%{');
}

/** A text that may be an unresolved reference: an ARN, an id. */
export const reference = z.string().min(1);

/** The address of something that is asked over TLS; it may be an unresolved reference, or hold one. */
export const httpsUrl = reference.refine(
  (text) => (isUnresolved(text) ? !otherScheme.test(text) : isHttpsUrl(text)),
  'expected an HTTPS URL',
);

/** Whatever the rest turns out to be. */
const otherScheme = /^(?!https:)[a-z][a-z0-9+.-]*:/i;

function isHttpsUrl(text: string): boolean {
  if (!/^https:\/\//i.test(text) || !URL.canParse(text)) return false;
  const { username, password, hash } = new URL(text);
  return username === '' && password === '' && hash === '' && !text.endsWith('#');
}

/** A text whose characters decide what happens to a request, so that it must be known. */
export const literal = z.string().superRefine(refuseUnresolved).transform(unescape);

function refuseUnresolved(text: string, context: z.RefinementCtx): void {
  if (isUnresolved(text)) {
    context.addIssue({
      code: 'custom',
      message: `the value ${text} is a reference`,
      params: { listener: 'UNRESOLVED_VALUE' },
    });
  }
}

/** A whole number; Terraform converts a text of digits. */
export function integer(minimum: number, maximum: number): z.ZodType<number> {
  return z.unknown().transform((value, context) => {
    const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= minimum && number <= maximum) return number;
    if (typeof value === 'string' && isUnresolved(value)) refuseUnresolved(value, context);
    else context.addIssue(`expected a whole number from ${minimum} to ${maximum}`);
    return z.NEVER;
  });
}

/** A boolean; Terraform converts the texts `true` and `false`. */
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);

/** A block that may occur once; Terraform JSON writes it as an object or as a list of one. */
export function block<T extends z.ZodType>(schema: T): z.ZodType<z.output<T>> {
  return z.preprocess((value) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value), schema);
}

/** A block that may occur several times; Terraform JSON writes a single one as an object or as a list. */
export function blocks<T extends z.ZodType>(schema: T): z.ZodType<readonly z.output<T>[]> {
  return z.preprocess((value) => (Array.isArray(value) ? (value as unknown[]) : [value]), z.array(schema).min(1));
}

/**
 * Arguments that are known and whose content is left unread: it changes neither which rule a request meets nor what the
 * rule does with it, or another schema reads it.
 */
export function unread<K extends string>(...names: readonly K[]): Record<K, z.ZodOptional<z.ZodUnknown>> {
  return Object.fromEntries(names.map((name) => [name, z.unknown().optional()])) as Record<
    K,
    z.ZodOptional<z.ZodUnknown>
  >;
}

/** Where a value stands: the resource, and the path of the block inside it. */
export interface Place {
  readonly address: string;
  /** @default '' the resource's own arguments */
  readonly field?: string;
}

/**
 * The value read by the schema.
 *
 * @throws ListenerError the first thing that is wrong: `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE`
 */
export function parse<T>(schema: z.ZodType<T>, value: unknown, place: Place): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw errorOf(parsed.error.issues[0], place);
}

/**
 * The value read by the schema, arguments that it does not know left out; each of them is a problem.
 *
 * @returns undefined where it cannot be read, which is a problem too
 */
export function parseKnown<T>(
  schema: z.ZodType<T>,
  value: Readonly<Record<string, unknown>>,
  place: Place,
  problems: Problems,
): T | undefined {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys' && issue.path.length === 0);
  for (const issue of unknown) {
    problems.attempt(() => {
      throw errorOf(issue, place);
    });
  }
  const keys = new Set(unknown.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : [])));
  const known = Object.fromEntries(Object.entries(value).filter(([key]) => !keys.has(key)));
  return problems.attempt(() => parse(schema, known, place));
}

function errorOf(issue: z.core.$ZodIssue | undefined, place: Place): ListenerError {
  const { address } = place;
  const field = [place.field ?? '', ...(issue?.path ?? []).map(String)].filter((part) => part !== '').join('.');
  if (issue?.code === 'unrecognized_keys') {
    return new ListenerError('UNKNOWN_FIELD', address, {
      field,
      what: `Unknown ${issue.keys.map((key) => `"${key}"`).join(', ')}`,
      why: 'What is not known here may change who reaches the application, so it is not taken for harmless',
      mend: 'Check the spelling against the AWS provider, or leave it out',
    });
  }
  if (issue?.code === 'custom' && issue.params?.['listener'] === ('UNRESOLVED_VALUE' satisfies ListenerErrorCode)) {
    return new ListenerError('UNRESOLVED_VALUE', address, {
      field,
      what: `A literal is needed, but ${issue.message}`,
      why: 'Which requests the rule matches, or what it answers, cannot be known without it',
      mend: 'Write the value itself, or resolve the reference before reading',
    });
  }
  return new ListenerError('INVALID_FIELD', address, {
    field,
    what: issue?.message ?? 'Invalid value',
    why: 'AWS or Terraform would refuse it, or read it differently from what is meant',
    mend: 'Correct the value',
  });
}
