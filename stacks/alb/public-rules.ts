/**
 * How many paths one rule takes: a condition is matched at most three times (listener-rules, "Rule conditions"; five
 * is the limit of the whole rule).
 */
const PATHS_A_RULE = 3;

/** A rule that forwards some exact paths without a login. */
export interface PublicRule {
  readonly logicalId: string;
  /** Place among the rules, from 1; the lowest matches first. */
  readonly priority: number;
  readonly paths: readonly string[];
}

/** Packs the public paths into as few rules as the limits allow, in the order given. */
export function publicRules(paths: readonly string[]): readonly PublicRule[] {
  const count = Math.ceil(paths.length / PATHS_A_RULE);
  return Array.from({ length: count }, (_, index) => ({
    logicalId: `public_${index + 1}`,
    priority: index + 1,
    paths: paths.slice(index * PATHS_A_RULE, (index + 1) * PATHS_A_RULE),
  }));
}
