import { z } from 'zod';

import { hasExpression } from '../../terraform/expression.ts';
import { type Entry } from './journal.ts';
import { type Import } from './unsaved.ts';

/** Something that bears tags, as the Resource Groups Tagging API lists it. */
export interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * By type: what its ARN looks like (Service Authorization Reference, "Resource types defined by …"); the first group is
 * the id under which it is imported.
 */
const ARNS: Readonly<Record<string, RegExp>> = {
  aws_acm_certificate: /^(arn:[^:]+:acm:.+:certificate\/.+)$/,
  aws_cognito_user_pool: /:cognito-idp:.+:userpool\/(.+)$/,
  aws_eip: /:ec2:.+:elastic-ip\/(.+)$/,
  aws_flow_log: /:ec2:.+:vpc-flow-log\/(.+)$/,
  aws_internet_gateway: /:ec2:.+:internet-gateway\/(.+)$/,
  aws_lb: /^(arn:[^:]+:elasticloadbalancing:.+:loadbalancer\/app\/.+)$/,
  aws_lb_listener: /^(arn:[^:]+:elasticloadbalancing:.+:listener\/app\/.+)$/,
  aws_lb_listener_rule: /^(arn:[^:]+:elasticloadbalancing:.+:listener-rule\/app\/.+)$/,
  aws_lb_target_group: /^(arn:[^:]+:elasticloadbalancing:.+:targetgroup\/.+)$/,
  aws_nat_gateway: /:ec2:.+:natgateway\/(.+)$/,
  aws_route_table: /:ec2:.+:route-table\/(.+)$/,
  aws_security_group: /:ec2:.+:security-group\/(.+)$/,
  aws_sns_topic: /^(arn:[^:]+:sns:.+)$/,
  aws_subnet: /:ec2:.+:subnet\/(.+)$/,
  aws_vpc: /:ec2:.+:vpc\/(.+)$/,
  aws_vpc_endpoint: /:ec2:.+:vpc-endpoint\/(.+)$/,
  aws_vpc_security_group_egress_rule: /:ec2:.+:security-group-rule\/(.+)$/,
  aws_vpc_security_group_ingress_rule: /:ec2:.+:security-group-rule\/(.+)$/,
};

/**
 * Finds what was being made when an apply was killed among what bears the stack's tags: only where there is exactly one
 * thing that it can be, and that can be nothing else that is looked for.
 *
 * @param known ids that the state or the journal has already
 * @param tagsOf the tags that the sources give an address, beside those of the stack
 */
export function orphansOf(
  entries: readonly Entry[],
  tagged: readonly Tagged[],
  known: ReadonlySet<string>,
  tagsOf: (address: string) => Readonly<Record<string, unknown>>,
): readonly Import[] {
  const candidates = entries.map(({ address, type }) => ({
    to: address,
    ids: tagged
      .filter(({ tags }) => bears(tags, tagsOf(address)))
      .flatMap(({ arn }) => ARNS[type]?.exec(arn)?.[1] ?? [])
      .filter((id) => !known.has(id)),
  }));
  return candidates.flatMap(({ to, ids }) => {
    const [id] = ids;
    if (id === undefined || ids.length > 1) return [];
    const isOthers = candidates.some((other) => other.to !== to && other.ids.includes(id));
    return isOthers ? [] : [{ to, id }];
  });
}

/** A configuration that changes nothing, and whose plan lists what bears some tags. */
export function orphanProbe(required: object, region: string, tags: Readonly<Record<string, string>>): object {
  const filters = Object.entries(tags).map(([key, value]) => ({ key, values: [value] }));
  return {
    terraform: { required_providers: required, backend: { local: { path: 'nothing.tfstate' } } },
    provider: { aws: [{ region, max_retries: 2 }] },
    data: { aws_resourcegroupstaggingapi_resources: { made: { tag_filter: filters } } },
    output: { made: { value: '${data.aws_resourcegroupstaggingapi_resources.made.resource_tag_mapping_list}' } },
  };
}

const planSchema = z.object({
  output_changes: z.object({
    made: z.object({
      after: z.array(z.object({ resource_arn: z.string(), tags: z.record(z.string(), z.string()).nullish() })),
    }),
  }),
});

/** @param plan of the probe: `terraform show -json` */
export function readOrphanProbe(plan: unknown): readonly Tagged[] {
  const { made } = planSchema.parse(plan).output_changes;
  return made.after.map(({ resource_arn: arn, tags }) => ({ arn, tags: tags ?? {} }));
}

function bears(tags: Readonly<Record<string, string>>, wanted: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => typeof value !== 'string' || hasExpression(value) || tags[key] === value,
  );
}
