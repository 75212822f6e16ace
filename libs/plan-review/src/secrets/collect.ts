import { type ConfigurationModule, type Json, type RawPlan } from '../plan/schema.ts';
import { type Secrets } from './secrets.ts';

/**
 * Hides every value that a plan marks, wherever the mark is: in changes and drift, in outputs, in the values before and
 * after, and in variables, whose mark is in their declaration.
 */
export function collectSecrets(plan: RawPlan, secrets: Secrets): void {
  const changes = [
    ...plan.resource_changes,
    ...plan.resource_drift,
    ...plan.deferred_changes.flatMap(({ resource_change: deferred }) => deferred ?? []),
  ].map(({ change }) => change);
  for (const change of [...changes, ...Object.values(plan.output_changes)]) {
    hideMarked(change.before, change.before_sensitive, secrets);
    hideMarked(change.after, change.after_sensitive, secrets);
  }
  hideInValues(plan.planned_values, secrets);
  hideInValues(plan.prior_state?.['values'], secrets);
  const root = plan.configuration?.root_module;
  for (const [name, { value }] of Object.entries(plan.variables)) {
    if (root?.variables[name]?.sensitive === true) secrets.hide(value);
  }
  if (root !== undefined) hideInConfiguration(root, secrets);
}

function hideMarked(value: unknown, marks: unknown, secrets: Secrets): void {
  if (marks === true) secrets.hide(value);
  else if (Array.isArray(marks) && Array.isArray(value)) {
    for (const [index, mark] of marks.entries()) hideMarked(value[index], mark, secrets);
  } else if (isTree(marks) && isTree(value)) {
    for (const [key, mark] of Object.entries(marks)) hideMarked(value[key], mark, secrets);
  }
}

/** A "values representation": outputs, and modules with their resources. */
function hideInValues(values: unknown, secrets: Secrets): void {
  if (!isTree(values)) return;
  for (const output of Object.values(isTree(values['outputs']) ? values['outputs'] : {})) {
    if (isTree(output) && output['sensitive'] === true) secrets.hide(output['value']);
  }
  hideInModule(values['root_module'], secrets);
}

function hideInModule(module: unknown, secrets: Secrets): void {
  if (!isTree(module)) return;
  for (const resource of listOf(module['resources'])) {
    if (isTree(resource)) hideMarked(resource['values'], resource['sensitive_values'], secrets);
  }
  for (const child of listOf(module['child_modules'])) hideInModule(child, secrets);
}

/** Defaults of sensitive variables, and what is written into calls of modules for theirs. */
function hideInConfiguration(module: ConfigurationModule, secrets: Secrets): void {
  for (const { sensitive, default: value } of Object.values(module.variables)) {
    if (sensitive === true) secrets.hide(value);
  }
  for (const { expressions, module: called } of Object.values(module.module_calls)) {
    if (called === undefined) continue;
    for (const [name, { sensitive }] of Object.entries(called.variables)) {
      const given = expressions[name];
      if (sensitive === true && isTree(given)) secrets.hide(given['constant_value']);
    }
    hideInConfiguration(called, secrets);
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function isTree(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
