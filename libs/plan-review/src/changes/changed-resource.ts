import { type ResourceChange } from '../plan/model.ts';
import { isUnknown } from '../plan/unknown.ts';
import { type Difference, differencesOf } from './difference.ts';

/** A row of the table of changes. */
export interface ChangedResource {
  readonly stack: string;
  readonly address: string;
  readonly action: ResourceChange['action'];
  readonly previousAddress?: string;
  readonly importing?: string;
  readonly reason?: string;
  /** What a reviewer has to see, by path. */
  readonly differences: readonly Difference[];
  /** How many differences say nothing: tags, and what AWS computes. */
  readonly folded: number;
}

/** Of the resource itself, what is told by it and not given to it. */
const tags = /^(?:tags|tags_all)(?:\.|\[|$)/;

/** The rows for what changes; what is as it was, and is only read, has none. */
export function changedResources(changes: readonly ResourceChange[]): readonly ChangedResource[] {
  return changes
    .filter(
      ({ mode, action, previousAddress, importing }) =>
        mode === 'managed' && (action !== 'no-op' || previousAddress !== undefined || importing !== undefined),
    )
    .map(rowOf)
    .toSorted((one, other) => compareText(one.stack, other.stack) || compareText(one.address, other.address));
}

/** By code point: the same on every machine. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function rowOf(change: ResourceChange): ChangedResource {
  const { stack, address, deposed, action, previousAddress, importing, reason } = change;
  const all =
    change.before === undefined || change.after === undefined ? [] : differencesOf(change.before, change.after);
  const telling = all.filter((each) => !tags.test(each.path) && !isComputed(each, change));
  return {
    stack,
    address: deposed === undefined ? address : `${address} (deposed ${deposed})`,
    action,
    ...(previousAddress === undefined ? {} : { previousAddress }),
    ...(importing === undefined ? {} : { importing }),
    ...(reason === undefined ? {} : { reason }),
    differences: telling,
    folded: all.length - telling.length,
  };
}

/** Whether AWS will say it, and nobody wrote it. */
function isComputed({ path, after }: Difference, { written, replacePaths }: ResourceChange): boolean {
  const [argument = ''] = path.split(/[.[]/, 1);
  if (!isUnknown(after) || replacePaths.some(([first]) => first === argument)) return false;
  return written === undefined
    ? ['id', 'arn', 'arn_suffix', 'dns_name', 'owner_id'].includes(argument)
    : !(argument in written);
}
