import { describeValue } from '../describe-value.ts';
import { type Finding } from '../model.ts';
import { at } from '../plan/at.ts';
import { isReplacement, type ResourceChange } from '../plan/model.ts';
import { type Json } from '../plan/schema.ts';
import { isHidden, isUnknown } from '../plan/unknown.ts';
import { closures, guards, protections, type Switch } from './switches.ts';

/** Protection that goes: a switch that is turned off, or a resource whose being there is the protection. */
export function switchFindings(changes: readonly ResourceChange[]): readonly Finding[] {
  const managed = changes.filter(({ mode, action }) => mode === 'managed' && action !== 'no-op');
  return managed.flatMap((change) => [...turnedOff(change), ...opened(change), ...removed(change, managed)]);
}

function turnedOff(change: ResourceChange): readonly Finding[] {
  const { before, after, type } = change;
  if (before === undefined || after === undefined) return [];
  return protections
    .filter((each) => each.type.test(type) && mayBeOn(each, before, after) && !isStillOn(each, after))
    .map((each) => ({
      ...base(change),
      section: 'widening',
      severity: isKnown(at(after, each.path)) ? each.severity : 'look',
      kind: 'switched-off',
      reading: `${capital(each.what)} is switched off: ${each.path} goes from ${describeValue(at(before, each.path))} to ${describeValue(at(after, each.path))}`,
    }));
}

function opened(change: ResourceChange): readonly Finding[] {
  const { before, after, type } = change;
  if (after === undefined) return [];
  return closures
    .filter(
      (each) =>
        each.type.test(type) && !isStillOn(each, after) && (before === undefined || mayBeOn(each, before, after)),
    )
    .map((each) => ({
      ...base(change),
      section: 'access',
      severity: isKnown(at(after, each.path)) ? each.severity : 'look',
      kind: 'made-public',
      reading: `It is without ${each.what}: ${each.path} is ${describeValue(at(after, each.path))}${before === undefined ? '' : `, and was ${describeValue(at(before, each.path))}`}`,
    }));
}

function removed(change: ResourceChange, all: readonly ResourceChange[]): readonly Finding[] {
  const guard = guards.find(([type]) => type.test(change.type));
  if (guard === undefined || change.action !== 'delete' || isReplacement(change.action)) return [];
  // Where another of its type comes, it may have been renamed; that it is destroyed is said in any case.
  const renamed = all.some(
    ({ stack, type, action }) => stack === change.stack && type === change.type && action === 'create',
  );
  return [
    {
      ...base(change),
      section: 'widening',
      severity: renamed ? 'look' : guard[2],
      kind: 'switched-off',
      reading: `${capital(guard[1])} is taken away${renamed ? ', unless what is created beside it takes its place' : ''}`,
    },
  ];
}

/** What is kept back, and changes, may have been on. */
function mayBeOn({ path, isOn }: Switch, before: Json, after: Json): boolean {
  const was = at(before, path);
  return isOn(was) || (isHidden(was) && was !== at(after, path));
}

function isStillOn({ path, isOn }: Switch, after: Json): boolean {
  return isOn(at(after, path));
}

function isKnown(value: unknown): boolean {
  return !isUnknown(value) && !isHidden(value);
}

function base({ stack, address, source }: ResourceChange): Pick<Finding, 'stack' | 'address' | 'source'> {
  return { stack, address, ...(source === undefined ? {} : { source }) };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
