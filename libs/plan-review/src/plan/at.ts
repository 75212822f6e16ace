import { type Json } from './schema.ts';

/** The argument at a path: `a.b` is b of the block a, of the first one where there are several. */
export function at(values: Json | undefined, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    const block: unknown = Array.isArray(value) ? value[0] : value;
    return typeof block === 'object' && block !== null ? (block as Json)[key] : undefined;
  }, values);
}
