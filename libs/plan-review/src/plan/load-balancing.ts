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
