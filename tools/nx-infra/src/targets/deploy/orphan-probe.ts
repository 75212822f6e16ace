import { z } from 'zod';

import { type Tagged } from './orphans.ts';

/** What is looked for in AWS. */
export interface Wanted {
  readonly region: string;
  /** What everything bears that the stack made. */
  readonly tags: Readonly<Record<string, string>>;
  /** User pools whose clients are listed, which bear no tags. */
  readonly pools: readonly string[];
}

/** A client of a user pool. */
export interface PoolClient {
  readonly pool: string;
  readonly id: string;
  readonly name: string;
}

export interface Found {
  readonly tagged: readonly Tagged[];
  readonly clients: readonly PoolClient[];
}

/** A configuration that changes nothing, and whose plan lists what is wanted. */
export function orphanProbe(required: object, { region, tags, pools }: Wanted): object {
  const filters = Object.entries(tags).map(([key, value]) => ({ key, values: [value] }));
  return {
    terraform: { required_providers: required, backend: { local: { path: 'nothing.tfstate' } } },
    provider: { aws: [{ region, max_retries: 2 }] },
    data: {
      aws_resourcegroupstaggingapi_resources: { made: { tag_filter: filters } },
      aws_cognito_user_pool_clients: { of: { for_each: toMap(pools), user_pool_id: '${each.value}' } },
    },
    output: {
      made: { value: '${data.aws_resourcegroupstaggingapi_resources.made.resource_tag_mapping_list}' },
      clients: { value: '${values(data.aws_cognito_user_pool_clients.of)}' },
    },
  };
}

const planSchema = z.object({
  output_changes: z.object({
    made: z.object({
      after: z.array(z.object({ resource_arn: z.string(), tags: z.record(z.string(), z.string()).nullish() })),
    }),
    clients: z.object({
      after: z.array(
        z.object({
          user_pool_id: z.string(),
          client_ids: z.array(z.string()).nullish(),
          client_names: z.array(z.string()).nullish(),
        }),
      ),
    }),
  }),
});

/** @param plan of the probe: `terraform show -json` */
export function readOrphanProbe(plan: unknown): Found {
  const { made, clients } = planSchema.parse(plan).output_changes;
  return {
    tagged: made.after.map(({ resource_arn: arn, tags }) => ({ arn, tags: tags ?? {} })),
    // Two lists in the order of one (provider 5, "Data Source: aws_cognito_user_pool_clients").
    clients: clients.after.flatMap(({ user_pool_id: pool, client_ids: ids, client_names: names }) =>
      (ids ?? []).map((id, at) => ({ pool, id, name: names?.[at] ?? '' })),
    ),
  };
}

function toMap(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(values.map((value) => [value, value]));
}
