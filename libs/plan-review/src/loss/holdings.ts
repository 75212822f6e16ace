/** What goes with a resource that is destroyed: data that no apply brings back, service while it is away, or neither. */
export interface Holding {
  readonly kind: 'data' | 'service' | 'nothing';
  readonly what: string;
}

const data = (what: string): Holding => ({ kind: 'data', what });
const service = (what: string): Holding => ({ kind: 'service', what });
const nothing: Holding = { kind: 'nothing', what: 'nothing that the next apply would not make again' };

const holdings: readonly (readonly [pattern: RegExp, holding: Holding])[] = [
  [/^aws_cognito_user_pool$/, data('all users with their passwords, groups and second factors')],
  [/^aws_cognito_user$/, data('the user, and its password')],
  [/^aws_cognito_user_pool_client$/, service('the client id and secret: every login and session of it ends')],
  [/^aws_cognito_user_pool_domain$/, service('the address of the hosted login')],
  [
    /^aws_cognito_(?:identity_provider|user_group|user_in_group|resource_server)$/,
    service('who may log in, and as what'),
  ],
  [/^aws_cognito_identity_pool$/, data('the identities of all who logged in through it')],
  [/^aws_s3_bucket$/, data('all its objects')],
  [/^aws_s3_(?:bucket_)?object(?:_copy)?$/, data('the object')],
  [/^aws_s3_bucket_versioning$/, service('the versions of objects written from then on')],
  [/^aws_dynamodb_table$/, data('all its items')],
  [
    /^aws_(?:db_instance|rds_cluster|rds_global_cluster|docdb_cluster|neptune_cluster|redshift_cluster)$/,
    data('its databases'),
  ],
  [/^aws_(?:elasticache_cluster|elasticache_replication_group|memorydb_cluster)$/, data('what it has in memory')],
  [/^aws_(?:opensearch_domain|elasticsearch_domain)$/, data('its indices')],
  [/^aws_(?:efs_file_system|fsx_\w+_file_system)$/, data('its files')],
  [/^aws_(?:ebs_volume|ebs_snapshot|db_snapshot|db_cluster_snapshot|ami|backup_vault)$/, data('what is stored on it')],
  [/^aws_instance$/, data('what is on its own disks')],
  [/^aws_(?:kms_key|kms_external_key)$/, data('everything that is encrypted with it')],
  [/^aws_(?:secretsmanager_secret|secretsmanager_secret_version|ssm_parameter)$/, data('its value')],
  [/^aws_ecr(?:public)?_repository$/, data('all its images')],
  [/^aws_cloudwatch_log_group$/, data('all its logs')],
  [/^aws_(?:kinesis_stream|sqs_queue|msk_cluster|mq_broker)$/, data('the messages in it')],
  [/^aws_(?:cloudtrail|cloudtrail_event_data_store)$/, data('the record of who did what, from then on')],
  [
    /^aws_route53_zone$/,
    data('its records and its name servers: the domain leads nowhere until the registrar knows the new ones'),
  ],
  [/^aws_acm(?:pca)?_certificate(?:_authority)?$/, service('the certificate, where it is not replaced before')],
  [/^aws_eip$/, data('its address, which others may have written down')],
  [/^aws_a?lb$/, service('its DNS name, its address and all its listeners')],
  [
    /^aws_a?lb_(?:listener|listener_rule|listener_certificate|target_group|target_group_attachment)$/,
    service('the way of requests through it'),
  ],
  [
    /^aws_(?:ecs_service|ecs_cluster|eks_cluster|autoscaling_group|lambda_function|apprunner_service)$/,
    service('what runs on it'),
  ],
  [
    /^aws_(?:vpc|subnet|nat_gateway|internet_gateway|route_table|route|vpc_endpoint|network_interface|route_table_association)$/,
    service('the connections through it'),
  ],
  [
    /^aws_(?:security_group|security_group_rule|vpc_security_group_(?:in|e)gress_rule|network_acl\w*)$/,
    service('the traffic it permits'),
  ],
  [/^aws_route53_record$/, service('the name')],
  [/^aws_iam_\w+$/, service('what it permits')],
  [/^aws_(?:cloudfront_distribution|api_gateway_\w+|apigatewayv2_\w+)$/, service('the requests through it')],
  [/^aws_(?:wafv2_\w+|shield_protection|guardduty_\w+|flow_log|config_\w+)$/, service('the protection it gives')],
  [
    /^aws_(?:cloudwatch_metric_alarm|cloudwatch_dashboard|sns_topic|sns_topic_subscription|sns_topic_policy)$/,
    service('the notice of what goes wrong'),
  ],
  [
    /^aws_(?:s3_bucket_\w+|ecr_\w+|appautoscaling_\w+|ecs_task_definition|acm_certificate_validation|kms_alias|cloudwatch_\w+)$/,
    nothing,
  ],
  [/^(?:terraform_data|null_resource|time_\w+|local_file)$/, nothing],
  [/^(?:random_\w+|tls_private_key)$/, data('its value, and with it whatever is named or locked by it')],
];

/** What a resource of that type holds. Of a type that is not known here the worst is supposed. */
export function holdingOf(type: string): Holding {
  const known = holdings.find(([pattern]) => pattern.test(type));
  return known?.[1] ?? data('nobody here knows what');
}
