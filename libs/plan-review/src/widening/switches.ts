import { type Severity } from '../model.ts';

/** Something that protects as long as it is on. */
export interface Switch {
  readonly type: RegExp;
  /** The argument; `a.b` for b of the block a. */
  readonly path: string;
  /** Whether the value protects. */
  readonly isOn: (value: unknown) => boolean;
  readonly what: string;
  readonly severity: Severity;
}

const isTrue = (value: unknown): boolean => value === true || value === 'true';
const isFalse = (value: unknown): boolean =>
  value === false || value === 'false' || value === null || value === undefined;
const is =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

const on = (type: RegExp, path: string, what: string, severity: Severity = 'look', isOn = isTrue): Switch => ({
  type,
  path,
  isOn,
  what,
  severity,
});

/** What protects, by the names of the AWS provider 5.100. */
export const protections: readonly Switch[] = [
  on(/^aws_a?lb$/, 'enable_deletion_protection', 'deletion protection', 'stop'),
  on(/^aws_cognito_user_pool$/, 'deletion_protection', 'deletion protection', 'stop', is('ACTIVE')),
  on(
    /^aws_(?:db_instance|rds_cluster|docdb_cluster|neptune_cluster)$/,
    'deletion_protection',
    'deletion protection',
    'stop',
  ),
  on(/^aws_dynamodb_table$/, 'deletion_protection_enabled', 'deletion protection', 'stop'),
  on(/^aws_(?:db_instance|rds_cluster)$/, 'storage_encrypted', 'encryption', 'stop'),
  on(/^aws_(?:ebs_volume|efs_file_system)$/, 'encrypted', 'encryption', 'stop'),
  on(/^aws_elasticache_replication_group$/, 'at_rest_encryption_enabled', 'encryption', 'stop'),
  on(/^aws_elasticache_replication_group$/, 'transit_encryption_enabled', 'encryption on the way', 'stop'),
  on(/^aws_dynamodb_table$/, 'server_side_encryption.enabled', 'encryption with a key of its own'),
  on(/^aws_dynamodb_table$/, 'point_in_time_recovery.enabled', 'recovery to a point in time'),
  on(/^aws_kms_key$/, 'enable_key_rotation', 'rotation of the key'),
  on(
    /^aws_(?:sns_topic|sqs_queue)$/,
    'kms_master_key_id',
    'encryption with a key of its own',
    'look',
    (value) => typeof value === 'string' && value !== '',
  ),
  on(
    /^aws_cloudwatch_log_group$/,
    'kms_key_id',
    'encryption with a key of its own',
    'look',
    (value) => typeof value === 'string' && value !== '',
  ),
  on(/^aws_a?lb$/, 'access_logs.enabled', 'the access log'),
  on(/^aws_a?lb$/, 'connection_logs.enabled', 'the connection log'),
  on(/^aws_a?lb$/, 'drop_invalid_header_fields', 'the dropping of invalid header fields'),
  on(
    /^aws_a?lb$/,
    'enable_waf_fail_open',
    'the refusal of requests while the firewall does not answer',
    'look',
    isFalse,
  ),
  on(
    /^aws_a?lb$/,
    'desync_mitigation_mode',
    'the defence against request smuggling',
    'look',
    is('defensive', 'strictest'),
  ),
  on(
    /^aws_ecr_repository$/,
    'image_tag_mutability',
    'the immutability of tags',
    'look',
    is('IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'),
  ),
  on(/^aws_ecr_repository$/, 'image_scanning_configuration.scan_on_push', 'scanning on push'),
  on(/^aws_ecr_repository$/, 'force_delete', 'the refusal to delete it with its images', 'look', isFalse),
  on(/^aws_s3_bucket$/, 'force_destroy', 'the refusal to delete it with its objects', 'look', isFalse),
  on(/^aws_s3_bucket_versioning$/, 'versioning_configuration.status', 'versioning', 'look', is('Enabled')),
  on(/^aws_(?:db_instance|rds_cluster)$/, 'skip_final_snapshot', 'the snapshot before it is deleted', 'look', isFalse),
  on(/^aws_cloudtrail$/, 'enable_logging', 'the record of who did what', 'stop', (value) => value !== false),
  on(/^aws_cloudtrail$/, 'is_multi_region_trail', 'the record of the other regions'),
  on(
    /^aws_(?:instance|launch_template)$/,
    'metadata_options.http_tokens',
    'the token of the metadata service',
    'look',
    is('required'),
  ),
  on(/^aws_ecs_service$/, 'enable_execute_command', 'the refusal of commands inside of containers', 'look', isFalse),
  on(/^aws_cloudwatch_metric_alarm$/, 'actions_enabled', 'the notice of the alarm', 'look', (value) => value !== false),
  on(/^aws_ecs_service$/, 'deployment_circuit_breaker.rollback', 'the rollback of a failed deployment'),
];

/** What is closed to the public as long as it is on; also what is new is looked at. */
export const closures: readonly Switch[] = [
  ...['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'].map((path) =>
    on(/^aws_s3_(?:bucket|account)_public_access_block$/, path, `the refusal of public access (${path})`, 'stop'),
  ),
  on(
    /^aws_(?:db_instance|rds_cluster_instance|redshift_cluster|dms_replication_instance)$/,
    'publicly_accessible',
    'the distance from the internet',
    'stop',
    isFalse,
  ),
  on(
    /^aws_s3_bucket(?:_acl)?$/,
    'acl',
    'the refusal of public access',
    'stop',
    (value) => !/^public-|^authenticated-read$/.test(String(value)),
  ),
  on(
    /^aws_ecs_service$/,
    'network_configuration.assign_public_ip',
    'the seclusion from public addresses',
    'stop',
    isFalse,
  ),
  on(/^aws_instance$/, 'associate_public_ip_address', 'the seclusion from public addresses', 'stop', isFalse),
  on(
    /^aws_launch_template$/,
    'network_interfaces.associate_public_ip_address',
    'the seclusion from public addresses',
    'stop',
    isFalse,
  ),
  on(/^aws_lambda_function_url$/, 'authorization_type', 'the check of who calls', 'stop', is('AWS_IAM')),
];

/** What protects others by being there. */
export const guards: readonly (readonly [type: RegExp, what: string, severity: Severity])[] = [
  [/^aws_wafv2_web_acl_association$/, 'the firewall in front of it', 'stop'],
  [/^aws_s3_(?:bucket|account)_public_access_block$/, 'the refusal of public access', 'stop'],
  [/^aws_s3_bucket_server_side_encryption_configuration$/, 'encryption as it is configured', 'look'],
  [/^aws_s3_bucket_(?:versioning|logging|object_lock_configuration)$/, 'versioning, logging or locking', 'look'],
  [
    /^aws_(?:flow_log|cloudtrail|config_configuration_recorder|guardduty_detector|securityhub_account)$/,
    'the record of what happens',
    'look',
  ],
  [/^aws_cloudwatch_metric_alarm$/, 'the alarm', 'note'],
];
