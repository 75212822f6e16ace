import { type PlanJson, type ResourceChange } from '../deploy/plan-json.ts';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * What was changed outside of Terraform and is set back by the next apply: that which is drift.
 *
 * Terraform's own list is longer. After an apply AWS answers with more than was written (an empty list for none, a
 * policy that another resource attached, the number of users), all of which it lists, and none of which anybody changed.
 *
 * @param plan an ordinary one, with the values of sensitive attributes
 */
export function setBack({ resource_drift: drift, resource_changes: planned }: PlanJson): readonly ResourceChange[] {
  const changes = new Map(planned.map((each) => [each.address, each]));
  return drift.filter((each) => each.mode === 'managed' && isSetBack(each, changes.get(each.address)));
}

function isSetBack({ change: drifted }: ResourceChange, planned: ResourceChange | undefined): boolean {
  if (drifted.actions.includes('delete')) return true;
  if (planned === undefined || planned.change.actions.every((action) => action === 'no-op')) return false;
  const { before, after, after_unknown: unknown, actions } = planned.change;
  const before_ = attributes(before);
  const after_ = attributes(after);
  const isUpdate = actions.length === 1 && actions[0] === 'update';
  return names(drifted.before, drifted.after).some((name) => {
    if (isSame(attributes(drifted.before)[name], attributes(drifted.after)[name])) return false;
    // A replacement makes everything anew that AWS computes: that says nothing.
    if (attributes(unknown)[name] === true) return isUpdate;
    return !isSame(before_[name], after_[name]);
  });
}

function names(...values: readonly unknown[]): readonly string[] {
  return [...new Set(values.flatMap((value) => Object.keys(attributes(value))))];
}

function attributes(value: unknown): Attributes {
  return typeof value === 'object' && value !== null ? (value as Attributes) : {};
}

/** None, nothing and empty are the same to the provider, in whatever depth. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(withoutEmpty(one)) === JSON.stringify(withoutEmpty(other));
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.map(withoutEmpty);
    return kept.every((each) => each === undefined) ? undefined : kept;
  }
  if (typeof value === 'object' && value !== null) {
    const kept = Object.entries(value).flatMap(([name, each]) => {
      const inner = withoutEmpty(each);
      return inner === undefined ? [] : [[name, inner] as const];
    });
    return kept.length === 0 ? undefined : Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return value === null || value === '' ? undefined : value;
}
