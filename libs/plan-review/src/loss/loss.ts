import { differencesOf } from '../changes/difference.ts';
import { describeValue } from '../describe-value.ts';
import { type Finding, type Severity } from '../model.ts';
import { destroys, isReplacement, type ResourceChange, type StackPlan } from '../plan/model.ts';
import { holdingOf } from './holdings.ts';

/** Source: https://developer.hashicorp.com/terraform/internals/json-format, `action_reason`. */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'it is marked as tainted',
  replace_because_cannot_update: 'it cannot be changed in place',
  replace_by_request: 'the plan was asked to replace it',
  replace_by_triggers: 'replace_triggered_by says so',
  delete_because_no_resource_config: 'it is no longer in the configuration',
  delete_because_no_module: 'its module is no longer in the configuration',
  delete_because_wrong_repetition: 'count or for_each came or went',
  delete_because_count_index: 'count is smaller',
  delete_because_each_key: 'for_each no longer has its key',
  delete_because_no_move_target: 'what it was to be moved to is not in the configuration',
};

const severities: Readonly<Record<ReturnType<typeof holdingOf>['kind'], Severity>> = {
  data: 'stop',
  service: 'look',
  nothing: 'note',
};

/** What is destroyed or replaced, why, and what goes with it. */
export function lossFindings({ stack, changes }: StackPlan): readonly Finding[] {
  const managed = changes.filter(({ mode }) => mode === 'managed');
  const created = managed.filter(({ action }) => action === 'create');
  return managed.filter(destroys).map((change): Finding => {
    const { address, deposed, type, action, source } = change;
    const holding = holdingOf(type);
    const replaced = isReplacement(action);
    const twin = replaced || deposed !== undefined ? undefined : created.find((other) => isTwin(change, other));
    const verb =
      deposed !== undefined
        ? `What a failed replacement left behind (${deposed}) is destroyed`
        : replaced
          ? `It is replaced${action === 'create-then-delete' ? ', the new one first' : ''}`
          : 'It is destroyed';
    const hint =
      twin === undefined
        ? ''
        : `. ${twin.address} is created in its image: if it was renamed, a moved block from the old address to the new one keeps it`;
    const protectedBy = protectionOf(change);
    return {
      section: 'loss',
      severity: severities[holding.kind],
      kind: replaced ? 'replaced' : 'destroyed',
      stack,
      address,
      reading: `${verb}, because ${whyOf(change)}. With it goes ${holding.what}${protectedBy}${hint}`,
      ...(source === undefined ? {} : { source }),
    };
  });
}

function whyOf(change: ResourceChange): string {
  const { replacePaths, before, after, reason = '' } = change;
  const paths = [...new Set(replacePaths.map(([first]) => String(first ?? '')))].filter((first) => first !== '');
  const values = paths.map((path) => {
    const [first] = differencesOf(before?.[path], after?.[path], path);
    return first === undefined
      ? path
      : `${first.path} goes from ${describeValue(first.before)} to ${describeValue(first.after)}`;
  });
  return values.length > 0 ? values.join(' and ') : (reasons[reason] ?? 'the plan says so');
}

/** Two that differ in nothing but their address, as far as it is known. */
function isTwin(gone: ResourceChange, come: ResourceChange): boolean {
  if (gone.type !== come.type || gone.before === undefined || come.after === undefined) return false;
  const before = gone.before;
  const given = Object.entries(come.after).filter(
    ([key, value]) => !/^tags/.test(key) && value !== null && key in (come.written ?? come.after ?? {}),
  );
  return given.length > 0 && given.every(([key, value]) => isSame(before[key], value));
}

function isSame(before: unknown, after: unknown): boolean {
  return differencesOf(before, after).every(
    ({ after: is }) => typeof is === 'string' && /\$\{|known after apply/.test(is),
  );
}

function protectionOf({ before }: ResourceChange): string {
  const isProtected =
    before?.['deletion_protection'] === 'ACTIVE' ||
    before?.['deletion_protection'] === true ||
    before?.['enable_deletion_protection'] === true ||
    before?.['deletion_protection_enabled'] === true;
  return isProtected ? '; its deletion protection is on, so that the apply will fail there' : '';
}
