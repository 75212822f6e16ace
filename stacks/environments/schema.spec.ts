import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';

import { guidanceOf } from './guidance.ts';
import { environmentFields } from './schema.ts';

/** Every leaf of a schema with its path, through readonly, lists and unions. */
function leaves(schema: z.ZodType, path: string): readonly (readonly [string, z.ZodType])[] {
  if (schema instanceof z.ZodReadonly) {
    const inner = schema.unwrap() as z.ZodType;
    return inner instanceof z.ZodArray ? [[path, schema], ...leaves(inner, path)] : leaves(inner, path);
  }
  if (schema instanceof z.ZodNullable) return [[path, schema], ...leaves(schema.unwrap() as z.ZodType, path)];
  if (schema instanceof z.ZodArray) return leaves(schema.element as z.ZodType, `${path}[]`);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return (schema.options as readonly z.ZodType[]).flatMap((option) => leaves(option, path));
  }
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.ZodType>;
    return Object.entries(shape).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
  }
  return [[path, schema]];
}

describe('environmentFields', () => {
  it.each(leaves(environmentFields, 'environment'))('says of %s what it must be, with an example', (path, schema) => {
    const guidance = guidanceOf(schema);
    expect(guidance?.reason).toMatch(/^must /);
    // The literals that tell the members of a union apart share the example of the first.
    if (!/\.(source|backend|at)$/.test(path)) {
      expect(schema.safeParse(guidance?.example).success).toBe(true);
    }
  });
});
