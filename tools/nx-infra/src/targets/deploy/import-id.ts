type Body = Readonly<Record<string, unknown>>;

/** What is known of something that an apply made. */
export interface Made {
  /** As the provider calls it; undefined where the apply was killed before it said so. */
  readonly id: string | undefined;
  /** The resource in the stack's JSON: literals, and expressions that Terraform evaluates. */
  readonly body: Body;
  /** How the ARNs of IAM begin where it was made: `arn:aws:iam::<account>`; undefined where the sources do not say. */
  readonly account: string | undefined;
}

/**
 * Creating one of these again loses nothing: it is no object of its own, or AWS answers with the one that is there
 * (SNS API Reference, "Subscribe").
 */
const AGAIN: ReadonlySet<string> = new Set([
  'aws_acm_certificate_validation',
  'aws_default_security_group',
  'aws_sns_topic_subscription',
]);

/** By type: from which arguments the name under which a provider imports it is put together, where the id is not it. */
const FROM_ARGUMENTS: Readonly<Record<string, (body: Body) => string | undefined>> = {
  aws_appautoscaling_policy: joined('/', 'service_namespace', 'resource_id', 'scalable_dimension', 'name'),
  aws_appautoscaling_target: joined('/', 'service_namespace', 'resource_id', 'scalable_dimension'),
  aws_cloudformation_stack: joined('', 'name'),
  aws_cloudwatch_dashboard: joined('', 'dashboard_name'),
  aws_cloudwatch_log_group: joined('', 'name'),
  aws_cloudwatch_metric_alarm: joined('', 'alarm_name'),
  aws_cognito_user_group: joined('/', 'user_pool_id', 'name'),
  aws_cognito_user_pool_domain: joined('', 'domain'),
  aws_ecr_lifecycle_policy: joined('', 'repository'),
  aws_ecr_repository: joined('', 'name'),
  aws_ecs_cluster: joined('', 'name'),
  aws_kms_alias: joined('', 'name'),
  aws_iam_role: joined('', 'name'),
  aws_iam_role_policy: joined(':', 'role', 'name'),
  aws_route: joined('_', 'route_table_id', 'destination_cidr_block'),
  aws_route53_record: joined('_', 'zone_id', 'name', 'type'),
  aws_route_table_association: joined('/', 'subnet_id', 'route_table_id'),
  aws_s3_bucket: joined('', 'bucket'),
  aws_s3_bucket_lifecycle_configuration: joined('', 'bucket'),
  aws_s3_bucket_ownership_controls: joined('', 'bucket'),
  aws_s3_bucket_policy: joined('', 'bucket'),
  aws_s3_bucket_public_access_block: joined('', 'bucket'),
  aws_s3_bucket_server_side_encryption_configuration: joined('', 'bucket'),
  aws_sns_topic_policy: joined('', 'arn'),
  aws_wafv2_web_acl_association: joined(',', 'web_acl_arn', 'resource_arn'),
};

/** By type: from the id and the arguments. */
const FROM_ID: Readonly<Record<string, (id: string, body: Body) => string | undefined>> = {
  aws_cognito_user_pool_client: (id, body) => prefixed(joined('', 'user_pool_id')(body), `/${id}`),
  aws_ecs_service: (id) => after(id, ':service/'),
  // Its id is its family, and it is imported by the ARN of a revision.
  aws_ecs_task_definition: () => undefined,
  aws_wafv2_web_acl: (id, body) => prefixed(`${id}/`, joined('/', 'name', 'scope')(body)),
};

/** By type: from the arguments, what follows `arn:aws:iam::<account>:` (Service Authorization Reference, "AWS IAM"). */
const IN_IAM: Readonly<Record<string, (body: Body) => string | undefined>> = {
  aws_iam_openid_connect_provider: ({ url }) =>
    typeof url === 'string' ? `oidc-provider/${url.replace(/^https:\/\//, '')}` : undefined,
  aws_iam_policy: ({ name, path = '/' }) =>
    typeof name === 'string' && typeof path === 'string' ? `policy${path}${name}` : undefined,
};

/** Whether it may be created a second time. */
export function isMadeAgain(type: string): boolean {
  return AGAIN.has(type);
}

/** Whether the sources alone say how it is called, so that it can be looked for. */
export function isNamed(type: string): boolean {
  return type in FROM_ARGUMENTS || type in IN_IAM;
}

/**
 * Under which id Terraform imports something (AWS provider 5, the "Import" section of each resource). May hold
 * expressions.
 *
 * @returns undefined where that cannot be said from what is known
 */
export function importId(type: string, { id, body, account }: Made): string | undefined {
  const fromId = FROM_ID[type];
  if (fromId !== undefined) return id === undefined ? undefined : fromId(id, body);
  return FROM_ARGUMENTS[type]?.(body) ?? id ?? prefixed(account && `${account}:`, IN_IAM[type]?.(body));
}

function joined(separator: string, ...names: readonly string[]): (body: Body) => string | undefined {
  return (body) => {
    const parts = names.map((name) => body[name]);
    return parts.every((part) => typeof part === 'string') ? parts.join(separator) : undefined;
  };
}

function prefixed(prefix: string | undefined, rest: string | undefined): string | undefined {
  return prefix === undefined || rest === undefined ? undefined : `${prefix}${rest}`;
}

function after(text: string, mark: string): string | undefined {
  const at = text.indexOf(mark);
  return at < 0 ? undefined : text.slice(at + mark.length);
}
