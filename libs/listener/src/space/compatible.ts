import { intersect } from '../address/ip-set.ts';
import { Budget, BudgetExceeded } from '../language/budget.ts';
import { isEmpty } from '../language/shortest.ts';
import { type Constraint } from './constraint.ts';
import { universeOf } from './universe.ts';

/** More steps than it takes for two patterns of 128 characters with five wildcards each. */
const steps = 400_000;

/**
 * Whether one request may meet both constraints; false is certain. Two of the same query or header are met by different
 * pairs or fields.
 */
export function areCompatible(one: Constraint, other: Constraint): boolean {
  if (one.kind === 'text' && other.kind === 'text' && one.dimension === other.dimension) {
    try {
      const universe = universeOf(one.dimension, 'any');
      return !isEmpty({ universe, within: [one.language, other.language], outside: [] }, new Budget(steps));
    } catch (error) {
      if (error instanceof BudgetExceeded) return true;
      throw error;
    }
  }
  if (one.kind === 'methods' && other.kind === 'methods') return [...one.names].some((name) => other.names.has(name));
  if (one.kind === 'sources' && other.kind === 'sources') return intersect(one.ranges, other.ranges).length > 0;
  return true;
}
