import { readFile } from 'node:fs/promises';

import { z } from 'zod';

const changeSchema = z.looseObject({
  actions: z.array(z.string()),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).optional(),
  importing: z.unknown().optional(),
});
const resourceSchema = z.looseObject({
  address: z.string(),
  mode: z.string().default('managed'),
  type: z.string(),
  change: changeSchema,
  action_reason: z.string().optional(),
});
const planSchema = z.looseObject({
  /** Whether an apply would do anything, be it to an output alone (Terraform 1.8). */
  applyable: z.boolean(),
  errored: z.boolean().default(false),
  resource_changes: z.array(resourceSchema).default([]),
  resource_drift: z.array(resourceSchema).default([]),
  output_changes: z.record(z.string(), changeSchema).default({}),
});

/** The part of `terraform show -json` that is decided on, and shown. */
export type PlanJson = z.infer<typeof planSchema>;

/** What a plan does to one resource. */
export type ResourceChange = z.infer<typeof resourceSchema>;

/** @param plan of `terraform show -json`. A plan without a field that is decided on is an error, not an empty plan. */
export function readPlan(plan: unknown): PlanJson {
  return planSchema.parse(plan);
}

/** Reads a plan that was kept without its secrets. */
export async function readPlanFile(file: string): Promise<PlanJson> {
  return readPlan(JSON.parse(await readFile(file, 'utf8')));
}
