import { z } from 'zod';

import { type Finding } from '../../progress/finding.ts';
import { type Needs } from './needs.ts';
import { type Measured, type Quota, quotaFinding } from './quotas.ts';

const resourceSchema = z.object({ address: z.string(), values: z.record(z.string(), z.unknown()) });
const planSchema = z.object({
  output_changes: z.object({ account: z.object({ after: z.string() }), identity: z.object({ after: z.string() }) }),
  checks: z
    .array(
      z.object({
        address: z.object({ name: z.string() }),
        status: z.string(),
        instances: z.array(z.object({ problems: z.array(z.object({ message: z.string() })).default([]) })).default([]),
      }),
    )
    .default([]),
  prior_state: z
    .object({
      values: z
        .object({ root_module: z.object({ resources: z.array(resourceSchema).default([]) }).optional() })
        .optional(),
    })
    .optional(),
});

/** What is looked for in AWS, beside the identity: a data source, what must hold of it, and how to mend it. */
interface Look {
  readonly name: string;
  readonly check: string;
  readonly found: string;
  readonly mend: string;
  readonly data: object;
  readonly condition: string;
  readonly otherwise: string;
}

/**
 * A configuration that changes nothing, and whose plan says what there is in AWS: asked by the same provider and the
 * same credentials as a deployment, and without another library. What a `check` block does not find is a warning.
 *
 * @param required the `required_providers` of the stacks
 */
export function probe(needs: Needs, quotas: readonly Quota[], required: unknown): object {
  return {
    terraform: { required_providers: required, backend: { local: { path: 'nothing.tfstate' } } },
    // No `allowed_account_ids`: another account is to be a finding, not the end.
    provider: { aws: [{ region: needs.region, max_retries: 2 }] },
    data: { aws_caller_identity: { me: {} } },
    check: Object.fromEntries(
      [...looks(needs), ...quotas.flatMap(measures)].map(({ name, data, condition, otherwise }) => [
        name,
        { data, assert: [{ condition: `\${${condition}}`, error_message: otherwise }] },
      ]),
    ),
    output: {
      account: { value: '${data.aws_caller_identity.me.account_id}' },
      identity: { value: '${data.aws_caller_identity.me.arn}' },
    },
  };
}

/** @param plan of the probe: `terraform show -json` */
export function readProbe(needs: Needs, quotas: readonly Quota[], plan: unknown): readonly Finding[] {
  const { output_changes, checks, prior_state } = planSchema.parse(plan);
  const found = prior_state?.values?.root_module?.resources ?? [];
  const looked = looks(needs).map(({ name, check, found, mend }): Finding => {
    const result = checks.find(({ address }) => address.name === name);
    if (result?.status === 'pass') return { check, state: 'ok', message: found };
    const problems = result?.instances.flatMap(({ problems }) => problems.map(({ message }) => message)) ?? [];
    return { check, state: 'failed', message: problems.join('; ') || 'No answer.', mend };
  });
  const measured = quotas.map((quota) => quotaFinding(quota, readMeasured(quota, found), needs.region));
  return [identity(needs, output_changes.account.after, output_changes.identity.after), ...looked, ...measured];
}

/** Reads a quota, and what is used of it, each in a check of its own: that one may not be read stops nothing. */
function measures({
  name,
  service,
  code,
  used,
}: Quota): readonly Pick<Look, 'name' | 'data' | 'condition' | 'otherwise'>[] {
  const limit = `data.aws_servicequotas_service_quota.${name}.value`;
  const quota = { aws_servicequotas_service_quota: { [name]: { service_code: service, quota_code: code } } };
  const read = { name: `limit_${name}`, data: quota, condition: `${limit} >= 0`, otherwise: 'A limit below nothing.' };
  if (used === undefined) return [read];
  const list = `data.${used.type}.${name}.${used.attribute}`;
  const data = { [used.type]: { [name]: {} } };
  return [read, { name: `used_${name}`, data, condition: `length(${list}) >= 0`, otherwise: 'Less than nothing.' }];
}

function readMeasured({ name, used }: Quota, found: readonly z.infer<typeof resourceSchema>[]): Measured {
  const valuesOf = (type: string) => found.find(({ address }) => address === `data.${type}.${name}`)?.values ?? {};
  const limit = valuesOf('aws_servicequotas_service_quota')['value'];
  const list = used === undefined ? undefined : valuesOf(used.type)[used.attribute];
  return { limit: typeof limit === 'number' ? limit : undefined, used: Array.isArray(list) ? list.length : undefined };
}

function identity({ account, region }: Needs, found: string, arn: string): Finding {
  const check = 'AWS account';
  if (account === undefined || account === found) {
    return { check, state: 'ok', message: `${arn}, in ${region}.` };
  }
  return {
    check,
    state: 'failed',
    message: `You are ${arn}, and the environment belongs to account ${account}: Terraform would refuse.`,
    mend: 'Choose credentials of that account (AWS_PROFILE), or correct the account in stacks/environments.',
  };
}

function looks({ region, bucket, zone }: Needs): readonly Look[] {
  return [
    ...(bucket === undefined ? [] : [bucketLook(bucket, region)]),
    ...(zone === undefined ? [] : [zoneLook(zone)]),
  ];
}

function bucketLook(bucket: string, region: string): Look {
  return {
    name: 'bucket',
    check: 'state bucket',
    found: `${bucket} is there, in ${region}.`,
    mend: `Make it with nx run infra:bootstrap, or correct its name in stacks/environments (${bucket}, in ${region}).`,
    data: { aws_s3_bucket: { state: { bucket } } },
    condition: `data.aws_s3_bucket.state.region == "${region}"`,
    otherwise: `${bucket} is in \${data.aws_s3_bucket.state.region}, not in ${region}.`,
  };
}

function zoneLook({ id, domain }: { readonly id: string; readonly domain: string }): Look {
  return {
    name: 'zone',
    check: 'hosted zone',
    found: `${id} holds the names of ${domain}.`,
    mend: `The records of ${domain} are made in hosted zone ${id}: correct its id in stacks/environments, or create a zone for the domain.`,
    data: { aws_route53_zone: { zone: { zone_id: id } } },
    condition: `endswith(".${domain}", ".\${trimsuffix(data.aws_route53_zone.zone.name, ".")}")`,
    otherwise: `${id} is the zone of \${data.aws_route53_zone.zone.name}, in which ${domain} has no place.`,
  };
}
