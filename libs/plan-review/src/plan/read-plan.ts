import { ReviewError } from '../errors.ts';
import { type Source } from '../model.ts';
import { type Secrets } from '../secrets/secrets.ts';
import { type NamedPlan, type Taint } from '../secrets/taint.ts';
import { actionOf } from './action.ts';
import { expressionsOf, moduleOf, withoutKeys } from './configuration.ts';
import { appliedLoadBalancingOf, loadBalancingOf } from './load-balancing.ts';
import { type Assumption, type OutputChange, type ResourceChange, type StackPlan } from './model.ts';
import { regionOf } from './region.ts';
import { type Json, type RawPlan, type RawResourceChange } from './schema.ts';
import { isHidden, referencesOf, withUnknown } from './unknown.ts';

/** What goes with a plan. */
export interface Surroundings {
  readonly secrets: Secrets;
  readonly taint: Taint;
  readonly assumptions: readonly Assumption[];
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * The plan of a stack without its secrets, every one of which has to be collected before.
 *
 * @throws ReviewError `ACTION_UNKNOWN`, `PLAN_MALFORMED`
 */
export function readPlan({ stack, plan }: NamedPlan, around: Surroundings): StackPlan {
  refuseMissingChanges(stack, plan);
  const { secrets } = around;
  const root = plan.configuration?.root_module;
  const expressions = root === undefined ? undefined : expressionsOf(root);
  const read = (raw: RawResourceChange): ResourceChange => readChange(stack, raw, expressions, around);
  const loadBalancing = loadBalancingOf(plan, secrets);
  return {
    stack,
    changes: plan.resource_changes.map(read),
    drift: plan.resource_drift.map(read),
    outputs: Object.entries(plan.output_changes).map(([name, change]): OutputChange => {
      const derived = around.taint.outputHolds(stack, name);
      const expression = root?.outputs[name]?.expression;
      const after = withUnknown(
        secrets.cleanValue(change.after, derived || change.after_sensitive, name),
        change.after_unknown,
        secrets.cleanValue(expression),
        { module: '' },
      );
      return {
        name,
        before: secrets.cleanValue(change.before, derived || change.before_sensitive, name),
        after,
        isDisclosed: isDisclosed(change, root?.outputs[name], isHidden(after)),
        references: referencesOf(expression),
      };
    }),
    assumptions: around.assumptions.map((each) => ({ ...each, value: secrets.cleanValue(each.value) })),
    incomplete: incompleteness(plan),
    region: regionOf(plan),
    loadBalancing,
    appliedLoadBalancing: appliedLoadBalancingOf(plan, loadBalancing, secrets),
  };
}

/**
 * Terraform marks both sides of an output that is sensitive on one of them (internal/command/jsonplan, `MarshalOutputChanges`),
 * so that what it will be is only in the configuration.
 */
function isDisclosed(
  { actions, before_sensitive: was, after_sensitive: is }: RawPlan['output_changes'][string],
  declared: { readonly sensitive?: boolean | undefined } | undefined,
  isSecret: boolean,
): boolean {
  // What is kept back here, and not marked there: by the function `nonsensitive`.
  if (isSecret && declared?.sensitive !== true && !actions.includes('no-op') && !actions.includes('delete'))
    return true;
  if (was !== true || actions.includes('delete')) return false;
  return declared === undefined ? is !== true : declared.sensitive !== true;
}

function readChange(
  stack: string,
  raw: RawResourceChange,
  expressions: ReadonlyMap<string, Json> | undefined,
  { secrets, taint, sources }: Surroundings,
): ResourceChange {
  const {
    address,
    change,
    previous_address: previousAddress,
    deposed,
    action_reason: reason,
    importing,
  } = {
    ...raw,
    importing: raw.change.importing,
  };
  const module = moduleOf(address);
  const expression = expressions?.get(withoutKeys(address));
  const written = expression === undefined ? undefined : (secrets.cleanValue(expression) as Json);
  const source = sources.get(withoutKeys(address));
  const side = (value: Json | null | undefined, marks: unknown): Json | undefined => {
    if (value === null || value === undefined) return undefined;
    const all = Object.fromEntries(
      Object.keys(value).map((key) => [
        key,
        marks === true || taint.holds(stack, address, key) ? true : (marks as Json | undefined)?.[key],
      ]),
    );
    return secrets.cleanValue(value, all) as Json;
  };
  const before = side(change.before, change.before_sensitive);
  const known = side(change.after, change.after_sensitive);
  const after =
    known === undefined ? undefined : (withUnknown(known, change.after_unknown, written ?? {}, { module }) as Json);
  return {
    stack,
    address,
    ...(previousAddress === undefined ? {} : { previousAddress }),
    ...(deposed === undefined ? {} : { deposed }),
    mode: raw.mode,
    type: raw.type,
    name: raw.name,
    module,
    action: actionOf(change.actions, stack),
    ...(reason === undefined ? {} : { reason }),
    before,
    after,
    replacePaths: change.replace_paths,
    ...(importing === null || importing === undefined ? {} : { importing: secrets.clean(importing.id ?? '') }),
    written,
    ...(source === undefined ? {} : { source }),
  };
}

/** Terraform lists every resource that it plans for, also those that do not change: one that is missing was cut out. */
function refuseMissingChanges(stack: string, plan: RawPlan): void {
  const listed = new Set(
    [...plan.resource_changes, ...plan.deferred_changes.flatMap((each) => each.resource_change ?? [])].map(
      ({ address }) => address,
    ),
  );
  if (plannedAddresses(plan.planned_values['root_module']).every((address) => listed.has(address))) return;
  throw new ReviewError('PLAN_MALFORMED', stack, {
    what: 'A resource that the plan leads to is not among its changes',
    why: 'What happens to it would not be reviewed',
    mend: 'Pass the whole output of terraform show -json, unchanged',
  });
}

function plannedAddresses(module: unknown): readonly string[] {
  const { resources, child_modules: children } = (module ?? {}) as {
    readonly resources?: readonly { readonly address?: unknown; readonly mode?: unknown }[];
    readonly child_modules?: readonly unknown[];
  };
  const own = (Array.isArray(resources) ? resources : []).flatMap(({ address, mode }) =>
    mode === 'managed' ? [String(address)] : [],
  );
  return [...own, ...(Array.isArray(children) ? children : []).flatMap(plannedAddresses)];
}

function incompleteness(plan: RawPlan): readonly string[] {
  const deferred = plan.deferred_changes.map(
    ({ reason, resource_change: change }) =>
      `Terraform put ${change?.address ?? 'a change'} off${reason === undefined ? '' : ` (${reason.replaceAll('_', ' ')})`}`,
  );
  const failed = plan.checks
    .filter(({ status }) => status === 'fail' || status === 'error')
    .map(({ address }) => `The check ${address.to_display} does not pass`);
  const rest = plan.complete || deferred.length > 0 ? [] : ['Terraform says that another plan has to follow it'];
  return [...deferred, ...failed, ...rest];
}
