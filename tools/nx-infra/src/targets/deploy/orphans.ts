import { hasExpression } from '../../terraform/expression.ts';
import { type Entry } from './journal.ts';
import { type Import } from './unsaved.ts';

/** Something that bears tags, as the Resource Groups Tagging API lists it. */
export interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Where it cannot be said which of some things an address is, or whether it is one of them. */
export interface Doubt {
  readonly to: string;
  readonly ids: readonly string[];
}

/** What was being made, among what there is. */
export interface Orphans {
  /** There is one thing that it can be. */
  readonly imports: readonly Import[];
  readonly doubts: readonly Doubt[];
}

/**
 * By type: what its ARN looks like (Service Authorization Reference, "Resource types defined by …"); the first group is
 * the id under which it is imported, or the groups are in the order of {@link IMPORTED_AS}.
 */
const ARNS: Readonly<Record<string, RegExp>> = {
  aws_acm_certificate: /^(arn:[^:]+:acm:.+:certificate\/.+)$/,
  aws_cognito_user_pool: /:cognito-idp:.+:userpool\/(.+)$/,
  aws_ecs_service: /:ecs:.+:service\/(.+)$/,
  aws_ecs_task_definition: /^(arn:[^:]+:ecs:.+:task-definition\/.+)$/,
  aws_eip: /:ec2:.+:elastic-ip\/(.+)$/,
  aws_flow_log: /:ec2:.+:vpc-flow-log\/(.+)$/,
  aws_internet_gateway: /:ec2:.+:internet-gateway\/(.+)$/,
  aws_kms_key: /:kms:.+:key\/(.+)$/,
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
  aws_wafv2_web_acl: /:wafv2:.+:regional\/webacl\/(.+)\/(.+)$/,
};

/** By type: how the id is put together of the groups, where it is not the first. */
const IMPORTED_AS: Readonly<Record<string, (groups: readonly string[]) => string>> = {
  aws_wafv2_web_acl: ([name, id]) => `${id}/${name}/REGIONAL`,
};

/**
 * Finds what was being made when an apply was killed among what bears the stack's tags.
 *
 * @param known ids that the state or the journal has already
 * @param tagsOf the tags that the sources give an address, beside those of the stack
 */
export function orphansOf(
  entries: readonly Pick<Entry, 'address' | 'type'>[],
  tagged: readonly Tagged[],
  known: ReadonlySet<string>,
  tagsOf: (address: string) => Readonly<Record<string, unknown>>,
): Orphans {
  const candidates: readonly Doubt[] = entries.map(({ address, type }) => ({
    to: address,
    ids: tagged
      .filter(({ arn, tags }) => !known.has(arn) && bears(tags, tagsOf(address)))
      .flatMap(({ arn }) => idOf(type, arn) ?? [])
      .filter((id) => !known.has(id.split('/')[0] ?? id)),
  }));
  return sorted(candidates);
}

/** Tells what can be one thing alone from what cannot. */
export function sorted(candidates: readonly Doubt[]): Orphans {
  const isSure = ({ to, ids }: Doubt): boolean =>
    ids.length === 1 && !candidates.some((other) => other.to !== to && other.ids.some((id) => ids.includes(id)));
  return {
    imports: candidates.filter(isSure).map(({ to, ids: [id = ''] }) => ({ to, id })),
    doubts: candidates.filter((candidate) => candidate.ids.length > 0 && !isSure(candidate)),
  };
}

function idOf(type: string, arn: string): string | undefined {
  const groups = ARNS[type]?.exec(arn)?.slice(1);
  return groups && (IMPORTED_AS[type]?.(groups) ?? groups[0]);
}

function bears(tags: Readonly<Record<string, string>>, wanted: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(
    ([key, value]) => typeof value !== 'string' || hasExpression(value) || tags[key] === value,
  );
}
