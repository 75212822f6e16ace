import { type Block, blocks } from '../terraform/synthesized.ts';

/** The statements of a policy; undefined where it is not a JSON text that can be read now. */
export function statementsOf(policy: unknown): readonly Block[] | undefined {
  if (typeof policy !== 'string') return undefined;
  try {
    const document = JSON.parse(policy) as unknown;
    if (typeof document !== 'object' || document === null) return undefined;
    const statements = blocks(document as Block, 'Statement');
    return statements.length > 0 ? statements : undefined;
  } catch {
    return undefined;
  }
}

/** One text or a list of them, as policies have both. What is neither is a text that nothing equals. */
export function strings(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map((each) =>
    typeof each === 'string' ? each : '*',
  );
}
