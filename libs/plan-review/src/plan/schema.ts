import { z } from 'zod';

/**
 * What a review reads of `terraform show -json`, of format 0.1 to 1.x.
 * Source: https://developer.hashicorp.com/terraform/internals/json-format. Unknown properties are ignored, as it asks.
 */

export const json: z.ZodType<Json> = z.record(z.string(), z.unknown());
export type Json = Readonly<Record<string, unknown>>;

/** An output, which has no `before` in what is not there yet. */
const outputChange = z.looseObject({
  actions: z.array(z.string()).min(1),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
});

const change = z.looseObject({
  actions: z.array(z.string()).min(1),
  before: json.nullish(),
  after: json.nullish(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
  importing: z.looseObject({ id: z.string().optional() }).nullish(),
});

const resourceChange = z.looseObject({
  address: z.string().min(1),
  previous_address: z.string().optional(),
  module_address: z.string().optional(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  name: z.string(),
  deposed: z.string().optional(),
  action_reason: z.string().optional(),
  change,
});
export type RawResourceChange = z.output<typeof resourceChange>;

const configurationResource = z.looseObject({ address: z.string(), expressions: json.default({}) });
const output = z.looseObject({ sensitive: z.boolean().optional(), expression: z.unknown().optional() });
const variable = z.looseObject({ sensitive: z.boolean().optional(), default: z.unknown().optional() });

/** A module of the configuration, with those it calls. */
export interface ConfigurationModule {
  readonly resources: readonly z.output<typeof configurationResource>[];
  readonly outputs: Readonly<Record<string, z.output<typeof output>>>;
  readonly variables: Readonly<Record<string, z.output<typeof variable>>>;
  readonly module_calls: Readonly<
    Record<string, { readonly expressions: Json; readonly module?: ConfigurationModule | undefined }>
  >;
}

const configurationModule: z.ZodType<ConfigurationModule> = z.looseObject({
  resources: z.array(configurationResource).default([]),
  outputs: z.record(z.string(), output).default({}),
  variables: z.record(z.string(), variable).default({}),
  get module_calls() {
    return z
      .record(z.string(), z.looseObject({ expressions: json.default({}), module: configurationModule.optional() }))
      .default({});
  },
});

const check = z.looseObject({
  address: z.looseObject({ to_display: z.string() }),
  status: z.string(),
});

export const planSchema = z.looseObject({
  format_version: z.string(),
  terraform_version: z.string().optional(),
  errored: z.boolean().optional(),
  /** Terraform before 1.8 does not say. */
  complete: z.boolean().default(true),
  variables: z.record(z.string(), z.looseObject({ value: z.unknown().optional() })).default({}),
  planned_values: json,
  prior_state: json.optional(),
  resource_changes: z.array(resourceChange).default([]),
  resource_drift: z.array(resourceChange).default([]),
  deferred_changes: z
    .array(z.looseObject({ reason: z.string().optional(), resource_change: resourceChange.optional() }))
    .default([]),
  output_changes: z.record(z.string(), outputChange).default({}),
  checks: z.array(check).default([]),
  configuration: z.looseObject({ root_module: configurationModule.optional() }).optional(),
});

/** A plan as Terraform writes it, with whatever secrets it holds. */
export type RawPlan = z.output<typeof planSchema>;
