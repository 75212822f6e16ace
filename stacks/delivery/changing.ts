import { type Statement } from '../iam/policy-document.ts';
import { nameOf } from '../names.ts';
import { arn, type Place, roleArn, taskRoles } from './place.ts';

/** The stacks that a workflow applies: all but this one, which says what it may do. */
const APPLIED = ['network', 'cognito', 'ecr', 'alb', 'ecs'] as const;

/** What applying takes of the services that name their resources themselves: in the one region. */
export function changingNetwork({ region }: Place): readonly Statement[] {
  return [
    {
      Sid: 'Network',
      Effect: 'Allow',
      Action: [
        // Every verb of the kinds of things that the network is made of; whatever makes a machine is not among them.
        'ec2:*Address',
        'ec2:*FlowLogs',
        'ec2:*InternetGateway',
        'ec2:*NatGateway',
        'ec2:*Route',
        'ec2:*RouteTable',
        'ec2:*RouteTableAssociation',
        'ec2:*SecurityGroup',
        'ec2:*SecurityGroupEgress',
        'ec2:*SecurityGroupIngress',
        'ec2:*SecurityGroupRule*',
        'ec2:*Subnet',
        'ec2:*SubnetAttribute',
        'ec2:*Tags',
        'ec2:*Vpc',
        'ec2:*VpcAttribute',
        'ec2:*VpcEndpoint',
        'ec2:*VpcEndpoints',
        'acm:AddTagsToCertificate',
        'acm:DeleteCertificate',
        'acm:RequestCertificate',
        'cognito-idp:CreateUserPool',
        'ecs:CreateCluster',
        'ecs:DeregisterTaskDefinition',
        'ecs:RegisterTaskDefinition',
        'logs:CreateLogDelivery',
        'sns:Unsubscribe',
      ],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': region } },
    },
  ];
}

/** What applying takes of the services whose resources the stacks name: those of this environment. */
export function changingNamed(place: Place): readonly Statement[] {
  const { environment, account } = place;
  const prefix = `gatehouse-${environment}`;
  const logBucket = `arn:aws:s3:::${nameOf(environment, 'accessLogBucket')}-${account}`;
  return [
    {
      Sid: 'Named',
      Effect: 'Allow',
      Action: [
        'application-autoscaling:*ScalableTarget',
        'application-autoscaling:*ScalingPolicy',
        'application-autoscaling:*TagResource',
        'cloudwatch:*TagResource',
        'cloudwatch:Delete*',
        'cloudwatch:PutDashboard',
        'cloudwatch:PutMetricAlarm',
        'ecr:CreateRepository',
        'ecr:DeleteLifecyclePolicy',
        'ecr:PutImageScanningConfiguration',
        'ecr:PutImageTagMutability',
        'ecr:PutLifecyclePolicy',
        'ecr:*TagResource',
        'ecs:CreateService',
        'ecs:DeleteService',
        'ecs:PutClusterCapacityProviders',
        'ecs:*TagResource',
        'ecs:UpdateCluster',
        'ecs:UpdateClusterSettings',
        'ecs:UpdateService',
        'elasticloadbalancing:*Listener*',
        'elasticloadbalancing:*Rule*',
        'elasticloadbalancing:*Tags',
        'elasticloadbalancing:*TargetGroup*',
        'elasticloadbalancing:CreateLoadBalancer',
        'elasticloadbalancing:ModifyLoadBalancerAttributes',
        'elasticloadbalancing:SetSecurityGroups',
        'elasticloadbalancing:SetSubnets',
        'elasticloadbalancing:SetWebACL',
        'logs:CreateLogGroup',
        'logs:DeleteRetentionPolicy',
        'logs:PutRetentionPolicy',
        'logs:*TagResource',
        'sns:CreateTopic',
        'sns:DeleteTopic',
        'sns:SetSubscriptionAttributes',
        'sns:SetTopicAttributes',
        'sns:Subscribe',
        'sns:*TagResource',
        'wafv2:*TagResource',
        'wafv2:*WebACL',
      ],
      Resource: [
        arn(place, 'application-autoscaling', 'scalable-target/*'),
        arn(place, 'cloudwatch', `alarm:${prefix}-*`),
        `arn:aws:cloudwatch::${account}:dashboard/${prefix}`,
        arn(place, 'ecr', `repository/${prefix}/*`),
        arn(place, 'ecs', `cluster/${prefix}`),
        arn(place, 'ecs', `service/${prefix}/*`),
        arn(place, 'ecs', `task-definition/${prefix}-*`),
        arn(place, 'elasticloadbalancing', `*/app/${prefix}/*`),
        arn(place, 'elasticloadbalancing', `targetgroup/${prefix}-*/*`),
        arn(place, 'logs', `log-group:/gatehouse/${environment}/*`),
        arn(place, 'sns', `${prefix}-*`),
        arn(place, 'wafv2', `regional/webacl/${prefix}/*`),
        // The rule groups that AWS manages.
        `arn:aws:wafv2:${place.region}:aws:regional/managedruleset/*`,
      ],
    },
    {
      Sid: 'Login',
      Effect: 'Allow',
      // How people log in, and nobody's account: no Admin… operation, of which each is about a person.
      Action: [
        'cognito-idp:*ManagedLoginBranding',
        'cognito-idp:*ResourceServer',
        'cognito-idp:*UserPoolClient',
        'cognito-idp:*UserPoolDomain',
        'cognito-idp:CreateGroup',
        'cognito-idp:DeleteGroup',
        'cognito-idp:SetRiskConfiguration',
        'cognito-idp:SetUserPoolMfaConfig',
        'cognito-idp:*TagResource',
        'cognito-idp:UpdateGroup',
        'cognito-idp:UpdateUserPool',
      ],
      Resource: arn(place, 'cognito-idp', 'userpool/*'),
    },
    {
      Sid: 'Names',
      Effect: 'Allow',
      Action: 'route53:ChangeResourceRecordSets',
      Resource: 'arn:aws:route53:::hostedzone/*',
    },
    {
      Sid: 'LogBucket',
      Effect: 'Allow',
      Action: [
        's3:CreateBucket',
        's3:PutBucketOwnershipControls',
        's3:PutBucketPolicy',
        's3:PutBucketPublicAccessBlock',
        's3:PutBucketTagging',
        's3:PutEncryptionConfiguration',
        's3:PutLifecycleConfiguration',
      ],
      Resource: logBucket,
    },
  ];
}

/**
 * What of the tasks' roles a workflow may change: their policies, and only while the boundary is on the role, so that no
 * policy gives more than that. Who takes a role, and every other role, is for people to change.
 */
export function changingTaskRoles(place: Place, taskBoundary: string): readonly Statement[] {
  return [
    {
      Sid: 'TaskRoles',
      Effect: 'Allow',
      Action: ['iam:CreateRole', 'iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
      Resource: taskRoles(place),
      Condition: { StringEquals: { 'iam:PermissionsBoundary': taskBoundary } },
    },
    { Sid: 'TagTaskRoles', Effect: 'Allow', Action: ['iam:TagRole', 'iam:UntagRole'], Resource: taskRoles(place) },
    {
      Sid: 'HandTaskRolesOn',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: taskRoles(place),
      Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
    },
    {
      Sid: 'HandFlowLogRoleOn',
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: roleArn(place, 'flowLogRole'),
      Condition: { StringEquals: { 'iam:PassedToService': 'vpc-flow-logs.amazonaws.com' } },
    },
  ];
}

/** The states of the stacks that are applied, to write, and their locks. */
export function writingStates({ environment, bucket }: Place): readonly Statement[] {
  const states = APPLIED.map((stack) => `arn:aws:s3:::${bucket}/${environment}/${stack}.tfstate`);
  return [
    { Sid: 'WriteStates', Effect: 'Allow', Action: 's3:PutObject', Resource: states },
    {
      Sid: 'LockStates',
      Effect: 'Allow',
      // Terraform keeps the lock beside the state (S3 backend, `use_lockfile`).
      Action: ['s3:DeleteObject', 's3:GetObject', 's3:PutObject'],
      Resource: states.map((state) => `${state}.tflock`),
    },
  ];
}

/** To push an image, and to see whether it is there. */
export function pushingImages(place: Place): readonly Statement[] {
  return [
    // The token is for the whole registry; this action knows no resource (service authorization reference, ECR).
    { Sid: 'EnterTheRegistry', Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    {
      Sid: 'PushImages',
      Effect: 'Allow',
      Action: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      Resource: arn(place, 'ecr', `repository/${nameOf(place.environment, 'repository')}`),
    },
  ];
}
