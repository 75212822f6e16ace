import { z } from 'zod';

const planSchema = z.object({
  resource_changes: z.array(z.object({ change: z.object({ actions: z.array(z.string()) }) })).default([]),
});

/** How many resources a plan touches, and how. */
export interface Changes {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
}

/** @param plan of `terraform show -json` */
export function countChanges(plan: unknown): Changes {
  const kinds = planSchema.parse(plan).resource_changes.map(({ change }) => kindOf(change.actions));
  const count = (kind: keyof Changes): number => kinds.filter((each) => each === kind).length;
  return { add: count('add'), change: count('change'), replace: count('replace'), destroy: count('destroy') };
}

/** `3 to add, 1 to change`, or `no changes`. */
export function describeChanges(changes: Changes): string {
  const parts = Object.entries(changes).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'no changes' : parts.map(([kind, count]) => `${count} to ${kind}`).join(', ');
}

function kindOf(actions: readonly string[]): keyof Changes | undefined {
  const creates = actions.includes('create');
  const deletes = actions.includes('delete');
  if (creates && deletes) return 'replace';
  if (creates) return 'add';
  if (deletes) return 'destroy';
  return actions.includes('update') ? 'change' : undefined;
}
