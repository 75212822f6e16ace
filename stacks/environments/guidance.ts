import { z } from 'zod';

/** What to tell somebody who gave a field a wrong value. */
export interface Guidance {
  /** What the value must be, as the rest of "is refused: it …". */
  readonly reason: string;
  /** A value that would be taken. */
  readonly example: unknown;
}

const guidance = z.registry<Guidance>();

/** Attaches what a refusal of this field says. Every leaf of the schema has it; a test sees to that. */
export function field<S extends z.ZodType>(schema: S, reason: string, example: unknown): S {
  guidance.add(schema, { reason, example });
  return schema;
}

/** The guidance of a schema; that of a section (an object, a union) is put together from its fields. */
export function guidanceOf(schema: z.ZodType): Guidance | undefined {
  const own = guidance.get(schema);
  if (own) return own;
  const inner = unwrap(schema);
  if (inner instanceof z.ZodDiscriminatedUnion) return guidanceOf(inner.options[0] as z.ZodType);
  if (!(inner instanceof z.ZodObject)) return guidance.get(inner);
  const shape = inner.shape as Record<string, z.ZodType>;
  const example = Object.fromEntries(Object.entries(shape).map(([key, value]) => [key, guidanceOf(value)?.example]));
  return { reason: `must be an object with ${Object.keys(shape).join(', ')}`, example };
}

/** The schema of the value at a path, as far as the path leads. */
export function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return schema;
  const child = childOf(unwrap(schema), head);
  return child && schemaAt(child, rest);
}

function childOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, z.ZodType>)[key];
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const options = schema.options as readonly z.ZodType[];
    return options.map((option) => childOf(unwrap(option), key)).find((child) => child !== undefined);
  }
  return undefined;
}

function unwrap(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodReadonly || schema instanceof z.ZodNullable
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;
}
