import { policyDocument, type PolicyDocument } from '../iam/policy-document.ts';
import { nameOf } from '../names.ts';
import { arn, iamArn, type Place, roleArn, taskRoles } from './place.ts';

/**
 * The most that the role which applies may do, whatever its policies come to say: the services of the stacks, and of
 * IAM what {@link changingTaskRoles} needs. It is a policy of its own that the role cannot change, and cannot take off.
 */
export function applyBoundary(place: Place): PolicyDocument {
  const { environment, bucket } = place;
  return policyDocument(
    {
      Sid: 'Services',
      Effect: 'Allow',
      Action: [
        'acm:*',
        'application-autoscaling:*',
        'cloudwatch:*',
        'cognito-idp:*',
        'ec2:*',
        'ecr:*',
        'ecs:*',
        'elasticloadbalancing:*',
        'iam:Get*',
        'iam:List*',
        'kms:Decrypt',
        'logs:*',
        'route53:*',
        's3:*',
        'servicequotas:Get*',
        'sns:*',
        'sts:GetCallerIdentity',
        'wafv2:*',
      ],
      Resource: '*',
    },
    {
      Sid: 'TaskRoles',
      Effect: 'Allow',
      Action: ['iam:CreateRole', 'iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
      Resource: taskRoles(place),
      Condition: {
        StringEquals: { 'iam:PermissionsBoundary': iamArn(place, `policy/${nameOf(environment, 'taskBoundary')}`) },
      },
    },
    {
      Sid: 'HandOn',
      Effect: 'Allow',
      Action: ['iam:PassRole', 'iam:TagRole', 'iam:UntagRole'],
      Resource: [...taskRoles(place), roleArn(place, 'flowLogRole')],
    },
    {
      Sid: 'NeitherPeopleNorMachines',
      Effect: 'Deny',
      // Other ways to the rights of others: a shell in a task, a machine with a role, the account of a person.
      Action: [
        'cognito-idp:Admin*',
        'cognito-idp:ListUsers*',
        'ec2:AssociateIamInstanceProfile',
        'ec2:ModifyInstanceAttribute',
        'ec2:RequestSpot*',
        'ec2:RunInstances',
        'ecs:ExecuteCommand',
      ],
      Resource: '*',
    },
    {
      Sid: 'NotItsOwnState',
      Effect: 'Deny',
      Action: ['s3:DeleteObject*', 's3:PutObject*'],
      Resource: `arn:aws:s3:::${bucket}/*/delivery.tfstate*`,
    },
    {
      Sid: 'NotTheStateBucket',
      Effect: 'Deny',
      Action: ['s3:DeleteBucket*', 's3:PutBucket*', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration'],
      Resource: `arn:aws:s3:::${bucket}`,
    },
  );
}

/** The most that a role of the tasks may do: what any environment's stacks ask for, and nothing of IAM. */
export function taskBoundary(place: Place): PolicyDocument {
  const { environment } = place;
  return policyDocument(
    {
      Sid: 'Start',
      Effect: 'Allow',
      Action: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:GetAuthorizationToken',
        'ecr:GetDownloadUrlForLayer',
        // A shell, where the environment has it.
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      Resource: '*',
    },
    {
      Sid: 'Write',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: arn(place, 'logs', `log-group:${nameOf(environment, 'logGroup')}:*`),
    },
    {
      Sid: 'Secrets',
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue', 'ssm:GetParameters'],
      Resource: [arn(place, 'secretsmanager', 'secret:*'), arn(place, 'ssm', 'parameter/*')],
    },
    {
      Sid: 'Decrypt',
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: arn(place, 'kms', 'key/*'),
      Condition: { StringLike: { 'kms:ViaService': ['ssm.*.amazonaws.com', 'secretsmanager.*.amazonaws.com'] } },
    },
    {
      Sid: 'Users',
      Effect: 'Allow',
      Action: ['cognito-idp:Admin*', 'cognito-idp:ListGroups', 'cognito-idp:ListUsers'],
      Resource: arn(place, 'cognito-idp', 'userpool/*'),
    },
  );
}
