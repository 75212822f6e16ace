import { type Secrets } from '../secrets/secrets.ts';
import { type ConfigurationModule, type Json, type RawPlan } from './schema.ts';

const type = /^aws_a?lb(?:_listener(?:_rule|_certificate)?|_target_group)?$/;

/**
 * The part of a plan that load balancers are read from, in the form of a plan and without secrets. The rest, most of a
 * plan, is of no use there.
 */
export function loadBalancingOf(plan: RawPlan, secrets: Secrets): Json {
  const prior = (plan.prior_state?.['values'] ?? {}) as Json;
  const root = plan.configuration?.root_module;
  return {
    format_version: plan.format_version,
    planned_values: { root_module: moduleValues(plan.planned_values['root_module'], secrets) },
    prior_state: { values: { root_module: moduleValues(prior['root_module'], secrets) } },
    resource_changes: plan.resource_changes
      .filter((change) => type.test(change.type))
      .map(({ address, change }) => ({ address, change: { after_unknown: change.after_unknown } })),
    ...(root === undefined ? {} : { configuration: { root_module: moduleConfiguration(root, secrets) } }),
  };
}

/**
 * The same as it was last applied: without what was changed outside of Terraform since. Undefined where nothing was.
 *
 * @param now what {@link loadBalancingOf} gives
 */
export function appliedLoadBalancingOf(plan: RawPlan, now: Json, secrets: Secrets): Json | undefined {
  const drifted = plan.resource_drift.filter((each) => type.test(each.type) && each.change.before);
  if (drifted.length === 0) return undefined;
  const was = new Map(
    drifted.map(({ address, mode, type: kind, name, change }) => {
      const values = secrets.cleanValue(change.before, change.before_sensitive);
      return [address, { address, mode, type: kind, name, values }] as const;
    }),
  );
  const prior = now['prior_state'] as { readonly values: { readonly root_module: Module } };
  const { root_module: root } = prior.values;
  const there = new Set(addressesIn(root));
  const gone = [...was].flatMap(([address, resource]) => (there.has(address) ? [] : [resource]));
  const undone = undoneIn(root, was);
  return {
    ...now,
    prior_state: { values: { root_module: { ...undone, resources: [...(undone.resources ?? []), ...gone] } } },
  };
}

interface Module {
  readonly resources?: readonly { readonly address?: unknown }[];
  readonly child_modules?: readonly Module[];
}

function addressesIn({ resources = [], child_modules: children = [] }: Module): readonly unknown[] {
  return [...resources.map(({ address }) => address), ...children.flatMap(addressesIn)];
}

function undoneIn({ resources = [], child_modules: children = [] }: Module, was: ReadonlyMap<unknown, object>): Module {
  return {
    resources: resources.map((resource) => was.get(resource.address) ?? resource),
    child_modules: children.map((child) => undoneIn(child, was)),
  };
}

function moduleValues(module: unknown, secrets: Secrets): Json {
  if (typeof module !== 'object' || module === null) return {};
  const { resources, child_modules: children } = module as Json;
  const balancing = (Array.isArray(resources) ? (resources as Json[]) : []).filter((each) =>
    type.test(String(each['type'])),
  );
  return {
    resources: balancing.map((each) => ({
      ...each,
      values: secrets.cleanValue(each['values'], each['sensitive_values']),
    })),
    child_modules: (Array.isArray(children) ? (children as unknown[]) : []).map((child) =>
      moduleValues(child, secrets),
    ),
  };
}

function moduleConfiguration(module: ConfigurationModule, secrets: Secrets): Json {
  const calls = Object.entries(module.module_calls).flatMap(([name, { module: called }]) =>
    called === undefined ? [] : [[name, { module: moduleConfiguration(called, secrets) }] as const],
  );
  return {
    resources: module.resources
      .filter(({ address }) => type.test(address.split('.')[0] ?? ''))
      .map(({ address, expressions }) => ({ address, expressions: secrets.cleanValue(expressions) })),
    module_calls: Object.fromEntries(calls),
  };
}
