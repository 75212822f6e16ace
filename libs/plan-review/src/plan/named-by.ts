import { type Links } from './links.ts';
import { type ResourceChange } from './model.ts';
import { type Json } from './schema.ts';

/** The resources that an argument names, by value or by reference, before or after. */
export function namedBy(change: ResourceChange, argument: string, links: Links): readonly string[] {
  const values = [...textsOf(change.before?.[argument]), ...textsOf(change.after?.[argument])];
  const references = referencesIn(change.written?.[argument]).map(
    (reference) => `\${${withModule(reference, change.module)}}`,
  );
  return [...new Set([...values, ...references].flatMap((text) => links.find(change.stack, text) ?? []))];
}

/** Every text in a value, at whatever depth. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function withModule(reference: string, module: string): string {
  return /^(?:var|local|data|each|count|path|terraform|self)\./.test(reference) ? reference : `${module}${reference}`;
}

function referencesIn(expression: unknown): readonly string[] {
  if (Array.isArray(expression)) return expression.flatMap(referencesIn);
  if (typeof expression !== 'object' || expression === null) return [];
  const { references, ...blocks } = expression as Json;
  const own = Array.isArray(references) ? references.filter((each) => typeof each === 'string') : [];
  return [...own, ...Object.values(blocks).flatMap(referencesIn)];
}
