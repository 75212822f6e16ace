import { type ResourceChange, type StackPlan } from '../plan/model.ts';
import { isUnknown } from '../plan/unknown.ts';
import { type ChangedResource, compareText } from './changed-resource.ts';
import { type Difference, differencesOf } from './difference.ts';

/** What somebody changed past Terraform. */
export interface Drifted extends ChangedResource {
  /** Whether this plan undoes it. */
  readonly isSetBack: boolean;
}

/**
 * What was changed outside of Terraform: what the configuration says otherwise, or what is gone.
 *
 * Terraform's own list is longer. After an apply AWS answers with more than was written (a status, the zero for what is
 * not set, what another resource attached), all of which it lists, and none of which anybody changed.
 */
export function driftOf({ drift, changes }: Pick<StackPlan, 'drift' | 'changes'>): readonly Drifted[] {
  const planned = new Map(changes.map((change) => [change.address, change]));
  return drift
    .filter(({ mode, action }) => mode === 'managed' && action !== 'no-op')
    .flatMap((each) => rowOf(each, planned.get(each.address)))
    .toSorted((one, other) => compareText(one.address, other.address));
}

function rowOf(drifted: ResourceChange, planned: ResourceChange | undefined): readonly Drifted[] {
  const { stack, address, action, before, after } = drifted;
  const row = { stack, address, action };
  if (action === 'delete' || before === undefined || after === undefined) {
    return [{ ...row, differences: [], folded: 0, isSetBack: planned !== undefined && planned.action !== 'no-op' }];
  }
  const undone = new Set(undoneBy(planned));
  // What is no longer in the configuration is about to go, as it is.
  if (planned?.action === 'delete') return [];
  const all = differencesOf(before, after).filter(
    (each) => !isTag(each) && (!isZero(each.before) || !isZero(each.after)),
  );
  const telling = all.filter((each) => undone.has(argumentOf(each)) || isWritten(each, drifted));
  if (telling.length === 0) return [];
  const isSetBack = telling.some((each) => undone.has(argumentOf(each)));
  return [{ ...row, differences: telling, folded: all.length - telling.length, isSetBack }];
}

/** The arguments that a plan changes, but for what a replacement makes anew anyway. */
function undoneBy(planned: ResourceChange | undefined): readonly string[] {
  if (planned?.before === undefined || planned.after === undefined || planned.action === 'no-op') return [];
  const isUpdate = planned.action === 'update';
  return differencesOf(planned.before, planned.after)
    .filter(({ after }) => isUpdate || !isUnknown(after))
    .map(argumentOf);
}

function isWritten(difference: Difference, { written }: ResourceChange): boolean {
  return written === undefined || argumentOf(difference) in written;
}

/** The provider tells tags of a resource from those of all only where it plans. */
function isTag(difference: Difference): boolean {
  return /^tags(?:_all)?$/.test(argumentOf(difference));
}

/** What a provider says of what was never set. */
function isZero(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isZero);
  return value === 0 || value === false || value === '' || value === null || value === undefined;
}

function argumentOf({ path }: Difference): string {
  return path.split(/[.[]/, 1)[0] ?? '';
}
