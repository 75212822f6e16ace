import { edit, type Edit } from '../edit.ts';
import { add, drop, replaceIn, set, unprotected } from '../house.ts';

const BUCKET = 'aws_s3_bucket.access_logs';
const POLICY = 'aws_s3_bucket_policy.access_logs';
const PRIVATE = 'aws_s3_bucket_public_access_block.access_logs';

/** What changes about what is kept, watched and allowed. */
export const storedEdits: readonly Edit[] = [
  edit(
    'policy-widened',
    replaceIn('ecs', 'aws_iam_role_policy.users', 'policy', '"cognito-idp:AdminGetUser"', '"cognito-idp:*"'),
  ),
  edit(
    'policy-everything',
    set(
      'ecs',
      'aws_iam_role_policy.users',
      'policy',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    ),
  ),
  edit(
    'policy-narrowed',
    replaceIn('ecs', 'aws_iam_role_policy.users', 'policy', '"cognito-idp:AdminUserGlobalSignOut",', ''),
  ),
  edit(
    'policy-reordered',
    replaceIn(
      'ecs',
      'aws_iam_role_policy.users',
      'policy',
      '"cognito-idp:AdminAddUserToGroup","cognito-idp:AdminCreateUser"',
      '"cognito-idp:AdminCreateUser",  "cognito-idp:AdminAddUserToGroup"',
    ),
  ),
  edit(
    'policy-reformatted',
    replaceIn(
      'ecs',
      'aws_iam_role.task',
      'assume_role_policy',
      '"Version":"2012-10-17","Statement":',
      '"Version": "2012-10-17", "Statement": ',
    ),
  ),
  edit(
    'principal-public',
    replaceIn('alb', 'aws_sns_topic_policy.alarms', 'policy', '{"Service":"cloudwatch.amazonaws.com"}', '"*"'),
  ),
  edit(
    'principal-other-account',
    replaceIn(
      'ecs',
      'aws_iam_role.task',
      'assume_role_policy',
      '{"Service":"ecs-tasks.amazonaws.com"}',
      '{"AWS":"arn:aws:iam::333333333333:root"}',
    ),
  ),
  edit(
    'bucket-public-policy',
    replaceIn('alb', POLICY, 'policy', '{"Service":"logdelivery.elasticloadbalancing.amazonaws.com"}', '"*"'),
  ),
  edit(
    'bucket-plain-http',
    replaceIn('alb', POLICY, 'policy', '"aws:SecureTransport":"false"', '"aws:SecureTransport":"never"'),
  ),
  edit(
    'bucket-opened',
    set('alb', PRIVATE, 'block_public_policy', false),
    set('alb', PRIVATE, 'restrict_public_buckets', false),
  ),
  edit('bucket-block-removed', drop('alb', PRIVATE), set('alb', POLICY, 'depends_on', undefined)),
  edit('bucket-encryption-removed', drop('alb', 'aws_s3_bucket_server_side_encryption_configuration.access_logs')),
  edit(
    'bucket-destroyed',
    unprotected('alb', BUCKET),
    drop('alb', POLICY),
    drop('alb', PRIVATE),
    drop('alb', 'aws_s3_bucket_lifecycle_configuration.access_logs'),
    drop('alb', 'aws_s3_bucket_ownership_controls.access_logs'),
    drop('alb', 'aws_s3_bucket_server_side_encryption_configuration.access_logs'),
    drop('alb', BUCKET),
    set('alb', 'aws_lb.alb', 'access_logs', { bucket: 'elsewhere-222222222222', enabled: true }),
    set('alb', 'aws_lb.alb', 'depends_on', undefined),
  ),
  edit('bucket-force-destroy', set('alb', BUCKET, 'force_destroy', true)),
  edit('topic-encrypted', set('alb', 'aws_sns_topic.alarms', 'kms_master_key_id', 'alias/aws/sns')),
  edit('alarm-removed', drop('alb', 'aws_cloudwatch_metric_alarm.auth_error')),
  edit('alarm-silenced', set('alb', 'aws_cloudwatch_metric_alarm.auth_error', 'actions_enabled', false)),
  edit('flow-log-removed', drop('network', 'aws_flow_log.vpc')),
  edit('log-retention-shorter', set('ecs', 'aws_cloudwatch_log_group.logs', 'retention_in_days', 7)),
  edit(
    'log-group-renamed',
    unprotected('ecs', 'aws_cloudwatch_log_group.logs'),
    set('ecs', 'aws_cloudwatch_log_group.logs', 'name', '/gatehouse/prod/application'),
  ),
  edit('images-mutable', set('ecr', 'aws_ecr_repository.app', 'image_tag_mutability', 'MUTABLE')),
  edit('images-not-scanned', set('ecr', 'aws_ecr_repository.app', 'image_scanning_configuration.scan_on_push', false)),
  edit(
    'repository-replaced',
    unprotected('ecr', 'aws_ecr_repository.app'),
    set('ecr', 'aws_ecr_repository.app', 'name', 'gatehouse-prod/application'),
  ),
  edit(
    'repository-policy-public',
    add('ecr', 'aws_ecr_repository_policy.app', {
      repository: '${aws_ecr_repository.app.name}',
      policy:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}]}',
    }),
  ),
];
