/** One part of a resource that is not as it was. */
export interface Difference {
  /** As `default_action[0].order`. */
  readonly path: string;
  /** Undefined for what there is not. */
  readonly before: unknown;
  readonly after: unknown;
}

type Tree = Readonly<Record<string, unknown>>;

/**
 * What differs between two values. JSON that is kept as text is compared as JSON, lists of texts as sets of them where
 * they hold the same, and what is absent, null, or an empty list or text is the same nothing.
 */
export function differencesOf(before: unknown, after: unknown, path = ''): readonly Difference[] {
  const [was, is] = [contentOf(before), contentOf(after)];
  if (was === is) return [];
  if (isTree(was) && isTree(is)) {
    const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].toSorted();
    return keys.flatMap((key) => differencesOf(was[key], is[key], path === '' ? key : `${path}.${key}`));
  }
  if (Array.isArray(was) && Array.isArray(is)) return ofLists(was as unknown[], is as unknown[], path);
  return [{ path, before: was, after: is }];
}

function ofLists(before: readonly unknown[], after: readonly unknown[], path: string): readonly Difference[] {
  const gone = without(before, after);
  const come = without(after, before);
  if (gone.length === 0 && come.length === 0) return [];
  if (gone.length === 1 && come.length === 1 && isTree(gone[0]) && isTree(come[0])) {
    const index = after.indexOf(come[0]);
    return differencesOf(gone[0], come[0], after.length === 1 ? path : `${path}[${index}]`);
  }
  if (before.length === after.length && [...gone, ...come].every(isTree)) {
    return after.flatMap((item, index) => differencesOf(before[index], item, `${path}[${index}]`));
  }
  return [{ path, before: gone.length === 0 ? undefined : gone, after: come.length === 0 ? undefined : come }];
}

/** The items of the one list that the other does not have. */
function without(items: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(canonical(other), (left.get(canonical(other)) ?? 0) + 1);
  return items.filter((item) => {
    const key = canonical(item);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

/** A text that is equal for values that differ in nothing that counts. */
export function canonical(value: unknown): string {
  const content = contentOf(value);
  if (Array.isArray(content)) return `[${content.map(canonical).join()}]`;
  if (!isTree(content)) return JSON.stringify(content) ?? 'null';
  const entries = Object.keys(content)
    .toSorted()
    .filter((key) => contentOf(content[key]) !== undefined)
    .map((key) => `${JSON.stringify(key)}:${canonical(content[key])}`);
  return `{${entries.join()}}`;
}

function contentOf(value: unknown): unknown {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return undefined;
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
