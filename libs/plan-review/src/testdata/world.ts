import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Assumption } from '../plan/model.ts';
import { withUnknown } from '../plan/unknown.ts';
import { type StackInput } from '../review.ts';
import { replaceInside } from './replace-inside.ts';

export type Body = Record<string, unknown>;

/** A change in a plan, open to be edited. */
export interface EditableChange {
  address: string;
  mode: string;
  type: string;
  name: string;
  previous_address?: string;
  action_reason?: string;
  change: {
    actions: string[];
    before: Body | null;
    after: Body | null;
    after_unknown: unknown;
    before_sensitive: unknown;
    after_sensitive: unknown;
    replace_paths?: (string | number)[][];
  };
}

export interface EditablePlan {
  format_version: string;
  planned_values: { root_module: { resources?: ShownResource[] } };
  prior_state?: { values?: { root_module: { resources?: ShownResource[] } } };
  resource_changes: EditableChange[];
  resource_drift?: EditableChange[];
  output_changes: Record<string, Body>;
  configuration: {
    provider_config: unknown;
    root_module: { resources: { address: string; expressions: Body }[]; outputs: Record<string, Body> };
  };
}

interface ShownResource {
  address: string;
  mode: string;
  type: string;
  name: string;
  values: Body;
  sensitive_values: unknown;
}

export const stacks = ['alb', 'cognito', 'ecr', 'ecs', 'network'] as const;
export type StackName = (typeof stacks)[number];

/** The plans of five stacks from an empty account, as Terraform and the AWS provider made them. A fresh copy each time. */
export function createPlans(): Record<StackName, EditablePlan> {
  return Object.fromEntries(stacks.map((stack) => [stack, file(`${stack}.plan`) as EditablePlan])) as Record<
    StackName,
    EditablePlan
  >;
}

export function assumptionsOf(stack: StackName): readonly Assumption[] {
  return file(`${stack}.assumptions`) as readonly Assumption[];
}

/** As they come from an empty account: each on the assumptions it was planned with. */
export function createInputs(): readonly StackInput[] {
  const plans = createPlans();
  return stacks.map((stack) => ({ stack, plan: plans[stack], assumptions: assumptionsOf(stack) }));
}

/** The same stacks when all is applied and nothing changes: what was not known is there, the same in every stack. */
export class World {
  readonly plans: Record<StackName, EditablePlan>;

  constructor() {
    const created = createPlans();
    const outputs = Object.fromEntries(stacks.map((stack) => [stack, outputsOf(created[stack])]));
    this.plans = Object.fromEntries(
      stacks.map((stack) => {
        const assumed = assumptionsOf(stack).flatMap(({ name, value }) => {
          const [from = '', output = ''] = name.split('.');
          const real = outputs[from]?.[output];
          return real === undefined || value === undefined
            ? []
            : [[JSON.stringify(value), JSON.stringify(real)] as const];
        });
        const text = assumed.reduce(
          (json, [value, real]) => replaceInside(json, value, real),
          JSON.stringify(created[stack]),
        );
        return [stack, applied(JSON.parse(text) as EditablePlan)];
      }),
    ) as Record<StackName, EditablePlan>;
  }

  inputs(): readonly StackInput[] {
    return stacks.map((stack) => ({ stack, plan: this.plans[stack] }));
  }

  find(stack: StackName, address: string): EditableChange {
    const found = this.plans[stack].resource_changes.find((each) => each.address === address);
    if (found === undefined) throw new Error(`${stack} has no ${address}`);
    return found;
  }

  /** Changes a resource in place, before everything else of the plan. */
  update(stack: StackName, address: string, edit: (after: Body) => void): this {
    const { change } = this.find(stack, address);
    const after = structuredClone(change.before ?? {});
    edit(after);
    change.actions = ['update'];
    change.after = after;
    return this.#planned(stack, address, after);
  }

  replace(stack: StackName, address: string, path: string, edit: (after: Body) => void): this {
    this.update(stack, address, edit);
    const found = this.find(stack, address);
    found.change.actions = ['delete', 'create'];
    found.change.replace_paths = [[path]];
    found.action_reason = 'replace_because_cannot_update';
    return this;
  }

  destroy(stack: StackName, address: string): this {
    const found = this.find(stack, address);
    found.change.actions = ['delete'];
    found.change.after = null;
    found.action_reason = 'delete_because_no_resource_config';
    const module = this.plans[stack].planned_values.root_module;
    module.resources = (module.resources ?? []).filter((each) => each.address !== address);
    return this;
  }

  /** A new resource in the image of another. */
  create(stack: StackName, address: string, like: string, edit: (after: Body) => void = () => undefined): this {
    const model = this.find(stack, like);
    const after = structuredClone(model.change.before ?? {});
    delete after['arn'];
    delete after['id'];
    edit(after);
    const [type = '', name = ''] = address.split('.');
    this.plans[stack].resource_changes.push({
      address,
      mode: 'managed',
      type,
      name,
      change: {
        ...structuredClone(model.change),
        actions: ['create'],
        before: null,
        after,
        after_unknown: { id: true, arn: true },
      },
    });
    const resources = (this.plans[stack].planned_values.root_module.resources ??= []);
    resources.push({ address, mode: 'managed', type, name, values: after, sensitive_values: {} });
    const written = this.plans[stack].configuration.root_module.resources;
    written.push({
      address,
      expressions: structuredClone(written.find((each) => each.address === like)?.expressions ?? {}),
    });
    return this;
  }

  /** Changes what is there outside of Terraform; nobody sets it back, as where what is written says the same by now. */
  drift(stack: StackName, address: string, edit: (now: Body) => void): this {
    const found = this.find(stack, address);
    const now = structuredClone(found.change.before ?? {});
    edit(now);
    (this.plans[stack].resource_drift ??= []).push({
      ...structuredClone(found),
      change: { ...structuredClone(found.change), actions: ['update'], after: now },
    });
    Object.assign(found.change, { before: now, after: structuredClone(now) });
    const there = this.plans[stack].prior_state?.values?.root_module.resources?.find(
      (each) => each.address === address,
    );
    if (there !== undefined) there.values = structuredClone(now);
    return this.#planned(stack, address, now);
  }

  #planned(stack: StackName, address: string, values: Body): this {
    const shown = this.plans[stack].planned_values.root_module.resources?.find((each) => each.address === address);
    if (shown !== undefined) shown.values = values;
    return this;
  }
}

function file(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`./prod/${name}.json`, import.meta.url), 'utf8')) as unknown;
}

function applied(plan: EditablePlan): EditablePlan {
  const fill = filler(plan);
  for (const { address, change } of plan.resource_changes) {
    const values = fill(address);
    Object.assign(change, {
      actions: ['no-op'],
      before: values,
      after: values,
      after_unknown: {},
      before_sensitive: change.after_sensitive,
    });
  }
  const resources = plan.resource_changes.map(({ address, mode, type, name, change }) => ({
    address,
    mode,
    type,
    name,
    values: change.after ?? {},
    sensitive_values: {},
  }));
  plan.planned_values.root_module.resources = resources;
  plan.prior_state = { values: { root_module: { resources: structuredClone(resources) } } };
  const outputs = outputsOf(plan);
  for (const [name, change] of Object.entries(plan.output_changes)) {
    Object.assign(change, { actions: ['no-op'], before: outputs[name], after: outputs[name], after_unknown: false });
  }
  return plan;
}

/** The values of a resource with something of the right form where it was not known. */
function filler(plan: EditablePlan): (address: string) => Body {
  const texts = (address: string): Body => {
    const found = plan.resource_changes.find((each) => each.address === address);
    const written = plan.configuration.root_module.resources.find((each) => each.address === address);
    if (found === undefined) return {};
    const known = withUnknown(found.change.after, found.change.after_unknown, written?.expressions, {
      module: '',
    }) as Body;
    return Object.fromEntries(
      Object.entries(known).map(([key, value]) => [key, lists.has(key) && typeof value === 'string' ? [value] : value]),
    );
  };
  const resolve = (value: unknown, address: string, key: string): unknown => {
    if (typeof value === 'string') {
      if (value === '(known after apply)') return computed(address, key);
      return value.replaceAll(/\$\{([a-z]\w*\.[\w-]+)\.(\w+)\}/g, (whole, other: string, argument: string) => {
        const all = texts(other);
        return argument in all ? String(resolve(all[argument], other, argument)) : whole;
      });
    }
    if (Array.isArray(value)) return value.map((item) => resolve(item, address, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolve(item, address, name)]));
  };
  return (address) => resolve(texts(address), address, '') as Body;
}

const lists = new Set(['security_groups', 'subnets', 'alarm_actions', 'ok_actions']);

function computed(address: string, key: string): unknown {
  const hash = createHash('sha256').update(address).digest('hex').slice(0, 17);
  const arn = `arn:aws:service:eu-west-1:222222222222:${address.replace('.', '/')}/${hash}`;
  if (key === 'arn' || (key === 'id' && address.startsWith('aws_lb'))) return arn;
  if (key === 'id' && address.startsWith('aws_security_group.')) return `sg-${hash}`;
  return ['id', 'domain', 'dns_name', 'zone_id', 'arn_suffix', 'name', 'bucket'].includes(key)
    ? `${key}-${hash}`
    : null;
}

function outputsOf(plan: EditablePlan): Record<string, unknown> {
  const fill = filler(plan);
  return Object.fromEntries(
    Object.entries(plan.configuration.root_module.outputs).map(([name, output]) => {
      const template = (output['expression'] as { constant_value?: unknown } | undefined)?.constant_value;
      const resolve = (text: string): string =>
        text.replaceAll(/\$\{([a-z]\w*\.[\w-]+)\.(\w+)\}/g, (whole, other: string, argument: string) => {
          const value = fill(other)[argument];
          return typeof value === 'string' ? value : whole;
        });
      const value = Array.isArray(template)
        ? (template as string[]).map(resolve)
        : typeof template === 'string'
          ? resolve(template)
          : template;
      return [name, value];
    }),
  );
}
