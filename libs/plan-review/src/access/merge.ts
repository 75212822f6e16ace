import { type StackPlan } from '../plan/model.ts';
import { type Links } from '../plan/links.ts';
import { isUnknown } from '../plan/unknown.ts';
import { type Json } from '../plan/schema.ts';

/**
 * The load balancers of all stacks in one plan, each stack as a module of it, so that a rule in one stack finds its
 * listener in another. What a stack assumed of another's resources is a reference to them there.
 */
export function mergeLoadBalancing(plans: readonly StackPlan[], links: Links): Json {
  const merged = plans
    .filter(({ loadBalancing }) => hasResources(loadBalancing))
    .map((plan) => ({ plan, joined: joined(plan, links) }));
  return {
    format_version: '1.2',
    planned_values: {
      root_module: { child_modules: merged.map(({ joined: each }) => at(each, 'planned_values', 'root_module')) },
    },
    prior_state: {
      values: {
        root_module: {
          child_modules: merged.map(({ joined: each }) => at(each, 'prior_state', 'values', 'root_module')),
        },
      },
    },
    resource_changes: merged.flatMap(({ joined: each }) => each['resource_changes']),
    configuration: {
      root_module: {
        module_calls: Object.fromEntries(
          merged.map(({ plan, joined: each }) => [
            moduleName(plan.stack),
            { module: at(each, 'configuration', 'root_module') },
          ]),
        ),
      },
    },
  };
}

/** The stack and the address of what the merged plan calls by one address. */
export function splitAddress(
  address: string,
  plans: readonly StackPlan[],
): { readonly stack: string; readonly address: string } {
  const found = plans.find(({ stack }) => address.startsWith(prefixOf(stack)));
  return found === undefined
    ? { stack: '', address }
    : { stack: found.stack, address: address.slice(prefixOf(found.stack).length) };
}

/** A text of @gatehouse/listener in which resources go by their addresses in the merged plan. */
export function withStacks(text: string, plans: readonly StackPlan[]): string {
  return plans.reduce((shown, { stack }) => shown.replaceAll(prefixOf(stack), `${stack}/`), text);
}

/** A module's name may hold neither dot nor bracket; no stack is called like another but for those. */
function moduleName(stack: string): string {
  return `stack_${Buffer.from(stack).toString('hex')}`;
}

function prefixOf(stack: string): string {
  return `module.${moduleName(stack)}.`;
}

function hasResources(document: Json): boolean {
  return (
    (document['resource_changes'] as readonly unknown[]).length > 0 ||
    JSON.stringify(document['prior_state']).includes('"address"')
  );
}

function joined({ stack, loadBalancing, assumptions }: StackPlan, links: Links): Json {
  const assumed = new Set(assumptions.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])));
  const other = (value: string): string => {
    const found = assumed.has(value) || isUnknown(value) ? links.find(stack, value) : undefined;
    if (found === undefined || found.startsWith(`${stack}/`)) return value;
    const [owner = ''] = found.split('/', 1);
    return `\${${prefixOf(owner)}${found.slice(owner.length + 1)}.arn}`;
  };
  return prefixed(loadBalancing, prefixOf(stack), other) as Json;
}

/** With the stack's module in front of every address, and with values that name resources of other stacks replaced. */
function prefixed(value: unknown, prefix: string, other: (value: string) => string, key = ''): unknown {
  if (typeof value === 'string') return key === 'address' ? value : other(value);
  if (Array.isArray(value)) return value.map((item) => prefixed(item, prefix, other));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, prefixed(item, prefix, other, name)] as const);
  return Object.fromEntries(
    entries.map(([name, item]) => [
      name,
      // Addresses in the configuration are relative to their module.
      name === 'address' && typeof item === 'string' && !('expressions' in value) ? `${prefix}${item}` : item,
    ]),
  );
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((json, key) => (json as Json | undefined)?.[key], value) ?? {};
}
