import { SENSITIVE } from '../plan/redact.ts';
import { type PlanJson, type ResourceChange } from './plan-json.ts';

/** Longer values (policies, container definitions) are cut: the whole is in the kept `plan.json`. */
const LONGEST = 120;
const UNKNOWN = '(known after apply)';

/**
 * What a plan changes, for people: a line a resource, and below it the arguments that change.
 *
 * @param plan without its secrets (`redactPlan`); what is marked as sensitive is left out here too
 */
export function showChanges({ resource_changes, output_changes }: PlanJson): readonly string[] {
  const resources = resource_changes.filter(isChange).flatMap(resourceLines);
  const outputs = Object.entries(output_changes)
    .filter(([, { actions }]) => actions.some((action) => action !== 'no-op'))
    .map(([name, { actions }]) => `  ${sign(actions)} output ${name}`);
  return [...resources, ...outputs];
}

function isChange({ mode, change }: ResourceChange): boolean {
  const touched = change.actions.some((action) => action !== 'no-op' && action !== 'read');
  return mode === 'managed' && (touched || isImport(change));
}

function isImport({ importing }: ResourceChange['change']): boolean {
  return importing !== undefined && importing !== null;
}

function resourceLines({ address, change, action_reason }: ResourceChange): readonly string[] {
  const { actions } = change;
  const imported = isImport(change) ? ' (imported: it exists already)' : '';
  const reason = action_reason === undefined ? '' : ` (${action_reason.replaceAll('_', ' ')})`;
  const head = `  ${sign(actions)} ${address}${imported}${reason}`;
  const isWhole = !actions.includes('update') && !(actions.includes('create') && actions.includes('delete'));
  return isWhole ? [head] : [head, ...argumentLines(change)];
}

function argumentLines(change: ResourceChange['change']): readonly string[] {
  const [before, after] = [fields(change.before), fields(change.after)];
  const [unknown, hidden, hiddenBefore] = [change.after_unknown, change.after_sensitive, change.before_sensitive];
  const replacing = new Set((change.replace_paths ?? []).map(([first]) => first));
  return [...new Set([...Object.keys(before), ...Object.keys(after), ...Object.keys(fields(unknown))])]
    .filter((name) => hasMark(fields(unknown)[name]) || !isSame(before[name], after[name]))
    .map((name) => {
      const isHidden = hasMark(fields(hidden)[name]) || hasMark(fields(hiddenBefore)[name]) || hidden === true;
      const to = hasMark(fields(unknown)[name]) ? UNKNOWN : value(after[name]);
      const what = isHidden ? SENSITIVE : `${value(before[name])} -> ${to}`;
      return `      ${name}: ${what}${replacing.has(name) ? ' (forces replacement)' : ''}`;
    });
}

function sign(actions: readonly string[]): string {
  if (actions.includes('create')) return actions.includes('delete') ? '-/+' : '+';
  if (actions.includes('delete')) return '-';
  return actions.includes('update') ? '~' : '=';
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function hasMark(marks: unknown): boolean {
  if (typeof marks !== 'object' || marks === null) return marks === true;
  return Object.values(marks).some(hasMark);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function value(given: unknown): string {
  const text = JSON.stringify(given ?? null);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
