/**
 * The types of resources that hold what no apply brings back, and what that is. A plan that destroys or replaces one
 * of them is applied only if its address was allowed by name.
 *
 * What the stacks protect (`prevent_destroy`) is among them, which a test holds against the stacks of `prod`; and so is
 * what holds data though an environment does not protect it, or what others point at by a name that would be lost.
 */
export const STATEFUL: Readonly<Record<string, string>> = {
  aws_cognito_user_pool: 'the users, their passwords and groups',
  aws_cognito_user_pool_domain: 'the address of the hosted login',
  aws_cloudwatch_log_group: 'logs',
  aws_db_instance: 'a database',
  aws_dynamodb_table: 'a table',
  aws_ebs_volume: 'a disk',
  aws_ecr_repository: 'the images',
  aws_efs_file_system: 'files',
  aws_kms_key: 'the key to what it encrypted',
  aws_lb: 'the address of the application',
  aws_rds_cluster: 'a database',
  aws_route53_zone: 'the names of the domain',
  aws_s3_bucket: 'objects',
  aws_secretsmanager_secret: 'a secret',
};
