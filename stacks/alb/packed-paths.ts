/**
 * How many paths one rule takes: a condition is matched at most three times (listener-rules, "Rule conditions"). Of the
 * five values and five wildcards of a whole rule that leaves enough for a header.
 */
const PATHS_A_RULE = 3;

/** Paths that share a rule. */
export interface PackedPaths {
  readonly logicalId: string;
  /** Place among the rules; the lowest matches first. */
  readonly priority: number;
  readonly paths: readonly string[];
}

/**
 * Packs paths into as few rules as the limits allow, in the order given.
 *
 * @param kind what the rules are, which begins their ids: `public_1`, `public_2`
 * @param first priority of the first
 */
export function packed(kind: string, first: number, paths: readonly string[]): readonly PackedPaths[] {
  const count = Math.ceil(paths.length / PATHS_A_RULE);
  return Array.from({ length: count }, (_, index) => ({
    logicalId: `${kind}_${index + 1}`,
    priority: first + index,
    paths: paths.slice(index * PATHS_A_RULE, (index + 1) * PATHS_A_RULE),
  }));
}
