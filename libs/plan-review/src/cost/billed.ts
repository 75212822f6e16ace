import { type ResourceChange } from '../plan/model.ts';
import { type Json } from '../plan/schema.ts';

/** What is billed of a resource: units for being there, and what depends on its use. */
export interface Billed {
  readonly units: readonly { readonly unit: string; readonly amount: number }[];
  readonly usage: readonly string[];
}

/** Finds the values of another resource on the same side of the change. */
export type Lookup = (argument: string) => Json | undefined;

const perUse = (...usage: readonly string[]): Billed => ({ units: [], usage });
const each = (unit: string, amount = 1, ...usage: readonly string[]): Billed => ({ units: [{ unit, amount }], usage });

type Biller = (values: Json, lookup: Lookup) => Billed | undefined;

const billers: readonly (readonly [type: RegExp, biller: Biller])[] = [
  [/^aws_a?lb$/, loadBalancer],
  [/^aws_nat_gateway$/, () => each('nat-gateway.hour', 1, 'data through the NAT gateway')],
  [/^aws_eip$/, () => each('public-ipv4.hour')],
  [/^aws_vpc_endpoint$/, endpoint],
  [/^aws_ecs_service$/, fargate],
  [/^aws_kms_key$/, () => each('kms-key.month', 1, 'requests to the key')],
  [/^aws_route53_zone$/, () => each('hosted-zone.month', 1, 'DNS queries')],
  [/^aws_wafv2_web_acl$/, webAcl],
  [/^aws_cloudwatch_metric_alarm$/, () => each('alarm.month')],
  [/^aws_cloudwatch_dashboard$/, () => each('dashboard.month')],
  [/^aws_secretsmanager_secret$/, () => each('secret.month', 1, 'requests for the secret')],
  [/^aws_cognito_user_pool$/, () => perUse('monthly active users')],
  [/^aws_cloudwatch_log_group$/, () => perUse('logs taken in and stored')],
  [/^aws_flow_log$/, () => perUse('flow logs taken in')],
  [/^aws_ecr_repository$/, () => perUse('images stored')],
  [/^aws_s3_bucket$/, () => perUse('objects stored, requests')],
  [/^aws_sns_topic$/, () => perUse('notifications')],
  [/^aws_sqs_queue$/, () => perUse('requests to the queue')],
  [/^aws_lambda_function$/, () => perUse('invocations')],
  [
    /^aws_dynamodb_table$/,
    (values) => (values['billing_mode'] === 'PAY_PER_REQUEST' ? perUse('reads, writes, items stored') : undefined),
  ],
];

/** Of these being there costs nothing. */
const free =
  /^aws_(?:iam_|security_group|vpc_security_group_|vpc$|subnet$|route$|route_table|internet_gateway$|network_acl|default_|a?lb_(?:listener|target_group)|cognito_(?:user_group|user_pool_client|user_pool_domain|resource_server|identity_provider|user_in_group|user$)|ecs_(?:cluster|task_definition)|ecr_(?:lifecycle_policy|repository_policy)|appautoscaling_|autoscaling_policy|acm_certificate|route53_record|s3_bucket_|sns_topic_(?:policy|subscription)|sqs_queue_policy|wafv2_web_acl_association|kms_alias|lambda_permission|cloudwatch_log_(?:stream|metric_filter)|network_interface$)|^(?:random_|terraform_data|null_resource|time_|tls_|local_)/;

/** @returns undefined where nobody here knows what it costs */
export function billedOf(type: ResourceChange['type'], values: Json, lookup: Lookup): Billed | undefined {
  const biller = billers.find(([pattern]) => pattern.test(type))?.[1];
  if (biller !== undefined) return biller(values, lookup);
  return free.test(type) ? { units: [], usage: [] } : undefined;
}

function loadBalancer(values: Json): Billed | undefined {
  const kind = values['load_balancer_type'] ?? 'application';
  const unit = kind === 'application' ? 'alb.hour' : kind === 'network' ? 'nlb.hour' : undefined;
  if (unit === undefined) return undefined;
  const subnets = Array.isArray(values['subnets']) ? values['subnets'].length : 0;
  const addresses = values['internal'] === true ? [] : [{ unit: 'public-ipv4.hour', amount: subnets }];
  return { units: [{ unit, amount: 1 }, ...addresses], usage: ['load balancer capacity units'] };
}

function endpoint(values: Json): Billed | undefined {
  if (values['vpc_endpoint_type'] === 'Gateway' || values['vpc_endpoint_type'] === undefined)
    return { units: [], usage: [] };
  const subnets = Array.isArray(values['subnet_ids']) ? values['subnet_ids'].length : undefined;
  return subnets === undefined ? undefined : each('interface-endpoint.hour', subnets, 'data through the endpoint');
}

function fargate(values: Json, lookup: Lookup): Billed | undefined {
  const [count, task] = [values['desired_count'], lookup('task_definition')];
  const [cpu, memory] = [Number(task?.['cpu']), Number(task?.['memory'])];
  if (values['launch_type'] !== 'FARGATE' || typeof count !== 'number' || !(cpu > 0) || !(memory > 0)) return undefined;
  const platform = (task?.['runtime_platform'] as readonly Json[] | undefined)?.[0];
  const architecture = platform?.['cpu_architecture'] === 'ARM64' ? 'arm' : 'x86';
  return {
    units: [
      { unit: `fargate.${architecture}.vcpu.hour`, amount: (count * cpu) / 1024 },
      { unit: `fargate.${architecture}.gb.hour`, amount: (count * memory) / 1024 },
    ],
    usage: ['tasks beyond the desired count'],
  };
}

function webAcl(values: Json): Billed {
  const rules = Array.isArray(values['rule']) ? values['rule'].length : 0;
  return {
    units: [
      { unit: 'web-acl.month', amount: 1 },
      { unit: 'web-acl-rule.month', amount: rules },
    ],
    usage: ['requests looked at by the firewall'],
  };
}
