// Resource types of the AWS provider by what they are. The provider has several for some: whoever writes the other one
// must not slip past.

export const LOAD_BALANCERS = ['aws_lb', 'aws_alb'] as const;
export const LISTENERS = ['aws_lb_listener', 'aws_alb_listener'] as const;
export const LISTENER_RULES = ['aws_lb_listener_rule', 'aws_alb_listener_rule'] as const;
export const POOL_CLIENTS = ['aws_cognito_user_pool_client', 'aws_cognito_managed_user_pool_client'] as const;
export const SERVICES = ['aws_ecs_service', 'aws_ecs_task_set'] as const;
export const SECURITY_GROUPS = ['aws_security_group', 'aws_default_security_group'] as const;
export const INGRESS_RULES = ['aws_vpc_security_group_ingress_rule'] as const;
export const EGRESS_RULES = ['aws_vpc_security_group_egress_rule'] as const;
export const BUCKETS = ['aws_s3_bucket'] as const;
export const BUCKET_BLOCKS = ['aws_s3_bucket_public_access_block'] as const;
export const ROLES = ['aws_iam_role'] as const;
export const ROLE_POLICIES = ['aws_iam_role_policy'] as const;
export const ROLE_ATTACHMENTS = [
  'aws_iam_role_policy_attachment',
  'aws_iam_role_policy_attachments_exclusive',
  'aws_iam_policy_attachment',
] as const;
/** What holds data that no apply brings back. */
export const HOLDS_DATA = ['aws_cognito_user_pool', 'aws_ecr_repository', 'aws_s3_bucket'] as const;
/** Either direction, by its `type`. */
export const MIXED_RULES = ['aws_security_group_rule'] as const;

/** Everything that the invariants read. */
export const READ_TYPES: readonly string[] = [
  ...LOAD_BALANCERS,
  ...LISTENERS,
  ...LISTENER_RULES,
  ...POOL_CLIENTS,
  ...SERVICES,
  ...BUCKETS,
  ...ROLES,
  ...ROLE_POLICIES,
  ...ROLE_ATTACHMENTS,
  ...BUCKET_BLOCKS,
  ...SECURITY_GROUPS,
  ...INGRESS_RULES,
  ...EGRESS_RULES,
  ...MIXED_RULES,
];
