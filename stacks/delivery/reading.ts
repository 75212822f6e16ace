import { type Statement } from '../iam/policy-document.ts';
import { nameOf } from '../names.ts';
import { arn, iamArn, type Place } from './place.ts';

/**
 * What planning takes: to read how the resources of the stacks are set. None of it reads what they hold (a secret, a
 * parameter, an object, an image, a log, a user). Where a service lets one look at everything or nothing, the resource is
 * `*` (service authorization reference).
 *
 * One thing that it can read is secret: the app client with its secret, which Terraform keeps in the state as well.
 */
export function reading(place: Place): readonly Statement[] {
  const { environment, account } = place;
  const prefix = `gatehouse-${environment}`;
  return [
    {
      Sid: 'Look',
      Effect: 'Allow',
      Action: [
        'acm:DescribeCertificate',
        'acm:ListCertificates',
        'acm:ListTagsForCertificate',
        'application-autoscaling:DescribeScalableTargets',
        'application-autoscaling:DescribeScalingPolicies',
        'application-autoscaling:ListTagsForResource',
        'cloudwatch:DescribeAlarms',
        'cloudwatch:GetDashboard',
        'cloudwatch:ListTagsForResource',
        'cognito-idp:DescribeUserPoolDomain',
        'cognito-idp:ListUserPools',
        'ec2:Describe*',
        'ecs:DescribeTaskDefinition',
        'elasticloadbalancing:Describe*',
        'logs:DescribeLogGroups',
        'route53:GetChange',
        'route53:ListHostedZones',
        // For infra:doctor, which comes before each deployment.
        'servicequotas:GetAWSDefaultServiceQuota',
        'servicequotas:GetServiceQuota',
        'sns:GetSubscriptionAttributes',
        'sts:GetCallerIdentity',
        'wafv2:GetWebACLForResource',
        'wafv2:ListWebACLs',
      ],
      Resource: '*',
    },
    {
      Sid: 'LookClosely',
      Effect: 'Allow',
      Action: [
        'cognito-idp:DescribeManagedLoginBranding*',
        'cognito-idp:DescribeResourceServer',
        'cognito-idp:DescribeRiskConfiguration',
        'cognito-idp:DescribeUserPool',
        'cognito-idp:DescribeUserPoolClient',
        'cognito-idp:GetGroup',
        'cognito-idp:GetUserPoolMfaConfig',
        'cognito-idp:ListTagsForResource',
        'cognito-idp:ListUserPoolClients',
        'ecr:DescribeImages',
        'ecr:DescribeRepositories',
        'ecr:GetLifecyclePolicy',
        'ecr:GetRepositoryPolicy',
        'ecr:ListTagsForResource',
        'ecs:DescribeClusters',
        'ecs:DescribeServices',
        'ecs:ListTagsForResource',
        'logs:ListTagsForResource',
        'route53:GetHostedZone',
        'route53:ListResourceRecordSets',
        'route53:ListTagsForResource',
        'sns:GetTopicAttributes',
        'sns:ListTagsForResource',
        'wafv2:GetWebACL',
        'wafv2:ListTagsForResource',
      ],
      Resource: [
        // Ids that AWS makes.
        arn(place, 'cognito-idp', 'userpool/*'),
        'arn:aws:route53:::hostedzone/*',
        arn(place, 'ecr', `repository/${prefix}/*`),
        arn(place, 'ecs', `cluster/${prefix}`),
        arn(place, 'ecs', `service/${prefix}/*`),
        arn(place, 'ecs', `task-definition/${prefix}-*`),
        arn(place, 'logs', `log-group:/gatehouse/${environment}/*`),
        arn(place, 'sns', `${prefix}-*`),
        arn(place, 'wafv2', `regional/webacl/${prefix}/*`),
      ],
    },
    {
      Sid: 'LookAtRoles',
      Effect: 'Allow',
      Action: [
        'iam:GetOpenIDConnectProvider',
        'iam:GetPolicy',
        'iam:GetPolicyVersion',
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListPolicyVersions',
        'iam:ListRolePolicies',
      ],
      Resource: [
        iamArn(place, `role/${prefix}-*`),
        iamArn(place, `policy/${prefix}-*`),
        iamArn(place, 'oidc-provider/token.actions.githubusercontent.com'),
      ],
    },
    {
      Sid: 'LookAtTheLogBucket',
      Effect: 'Allow',
      Action: [
        's3:GetBucket*',
        's3:GetEncryptionConfiguration',
        's3:GetLifecycleConfiguration',
        's3:ListBucket',
        ...BUCKET,
      ],
      Resource: `arn:aws:s3:::${nameOf(environment, 'accessLogBucket')}-${account}`,
    },
  ];
}

/** What the provider asks of a bucket besides. */
const BUCKET = ['s3:GetAccelerateConfiguration', 's3:GetReplicationConfiguration'];

/** The states of all stacks, to read. Terraform lists the bucket to find them. */
export function readingStates({ environment, bucket }: Place): readonly Statement[] {
  return [
    {
      Sid: 'FindStates',
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:GetBucket*'],
      Resource: `arn:aws:s3:::${bucket}`,
    },
    {
      Sid: 'ReadStates',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${bucket}/${environment}/*.tfstate`,
    },
  ];
}
