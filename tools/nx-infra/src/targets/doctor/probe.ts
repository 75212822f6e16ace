import { z } from 'zod';

import { type Finding } from '../../progress/finding.ts';
import { type Needs } from './needs.ts';

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
export function probe(needs: Needs, required: unknown): object {
  return {
    terraform: { required_providers: required, backend: { local: { path: 'nothing.tfstate' } } },
    // No `allowed_account_ids`: another account is to be a finding, not the end.
    provider: { aws: [{ region: needs.region, max_retries: 2 }] },
    data: { aws_caller_identity: { me: {} } },
    check: Object.fromEntries(
      looks(needs).map(({ name, data, condition, otherwise }) => [
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
export function readProbe(needs: Needs, plan: unknown): readonly Finding[] {
  const { output_changes, checks } = planSchema.parse(plan);
  const looked = looks(needs).map(({ name, check, found, mend }): Finding => {
    const result = checks.find(({ address }) => address.name === name);
    if (result?.status === 'pass') return { check, state: 'ok', message: found };
    const problems = result?.instances.flatMap(({ problems }) => problems.map(({ message }) => message)) ?? [];
    return { check, state: 'failed', message: problems.join('; ') || 'No answer.', mend };
  });
  return [identity(needs, output_changes.account.after, output_changes.identity.after), ...looked];
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
    mend: `The states are kept in bucket ${bucket} in ${region}: create it, with versioning and without public access, or correct the name in stacks/environments.`,
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
