import { type Finding } from '../model.ts';
import { type ResourceChange, type StackPlan } from '../plan/model.ts';
import { driftOf } from './drift.ts';

/**
 * The changes from what was last applied, where they are from what is there: other than a plan's own for what somebody
 * changed outside of Terraform since.
 */
export function changesSinceApply({ drift, changes }: Pick<StackPlan, 'drift' | 'changes'>): readonly ResourceChange[] {
  const was = new Map(drift.map((each) => [each.address, each]));
  const drifted = new Map(driftOf({ drift, changes }).map((each) => [each.address, each]));
  const planned = changes.map((change): ResourceChange => {
    const [before, found] = [was.get(change.address)?.before, drifted.get(change.address)];
    if (before === undefined || found === undefined) return change;
    const action = change.action === 'no-op' || change.action === 'create' ? 'update' : change.action;
    if (found.action === 'delete') return { ...change, action, before };
    const told = [...new Set(found.differences.map(({ path }) => path.split(/[.[]/, 1)[0] ?? ''))];
    const asApplied = Object.fromEntries(told.map((argument) => [argument, before[argument]]));
    return { ...change, action, before: { ...change.before, ...asApplied } };
  });
  const there = new Set(changes.map(({ address }) => address));
  const gone = drift.filter(({ address }) => drifted.get(address)?.action === 'delete' && !there.has(address));
  return [...planned, ...gone];
}

/**
 * What was done outside of Terraform and is left so: no difference between what is there and what is planned, and nobody
 * reviewed it.
 *
 * @param since findings about {@link changesSinceApply}, of all stacks
 * @param told those about the plans themselves
 */
export function keptFindings(since: readonly Finding[], told: readonly Finding[]): readonly Finding[] {
  const known = new Set(told.map(keyOf));
  return since
    .filter((finding) => finding.severity !== 'note' && !known.has(keyOf(finding)))
    .map((finding) => ({
      ...finding,
      reading: `${finding.reading}; it was done outside of Terraform, and this plan leaves it so`,
    }));
}

function keyOf({ kind, stack, address, reading }: Finding): string {
  return JSON.stringify([kind, stack, address, reading]);
}
