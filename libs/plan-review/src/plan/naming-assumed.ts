import { type StackPlan } from './model.ts';

/** Characters; shorter ones may be part of other words. */
const SHORTEST = 12;

/**
 * Puts the names of assumptions in place of the placeholders that plans were made with, such as `${cognito.userPoolId}`:
 * what is known only after an upstream apply is marked as assumed wherever it is told, and the placeholder says nothing.
 */
export function namingAssumed(plans: readonly Pick<StackPlan, 'assumptions'>[]): (text: string) => string {
  const names = new Map<string, string>();
  for (const { name, because, value } of plans.flatMap(({ assumptions }) => assumptions)) {
    if (because !== 'unknown-until-applied') continue;
    if (typeof value === 'string') names.set(value, name);
    if (Array.isArray(value)) for (const [index, item] of value.entries()) names.set(String(item), `${name}[${index}]`);
  }
  // The longest first: an ARN may hold an id that is a placeholder too.
  const values = [...names.keys()]
    .filter((value) => value.length >= SHORTEST)
    .toSorted((one, other) => other.length - one.length || (one < other ? -1 : 1));
  return (text) => values.reduce((shown, value) => shown.replaceAll(value, () => `\${${names.get(value)}}`), text);
}
