import { policyDocument, type PolicyDocument, type Statement } from '../iam/policy-document.ts';

/** Lets the tasks of one account and region take a role (ECS guide, "Task IAM role", confused deputy). */
export function taskTrust(account: string, region: string): PolicyDocument {
  return policyDocument({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${region}:${account}:*` },
    },
  });
}

/** What the container gets from elsewhere when it starts. */
export interface Secrets {
  /** ARNs of parameters of SSM and of secrets of Secrets Manager. */
  readonly secretArns: readonly string[];
  /** ARNs of the keys of one's own that they are encrypted with. */
  readonly keyArns: readonly string[];
}

/** What starting a task takes: to pull from one repository, to write to one log group, to read the secrets it names. */
export function executionPolicy(
  repositoryArn: string,
  logGroupArn: string,
  { secretArns, keyArns }: Secrets,
): PolicyDocument {
  return policyDocument(
    // The token is for the whole registry; this action knows no resource (service authorization reference, ECR).
    { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: repositoryArn,
    },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${logGroupArn}:*` },
    ...allowed('ssm:GetParameters', secretArns.filter(isParameter)),
    ...allowed(
      'secretsmanager:GetSecretValue',
      secretArns.filter((arn) => !isParameter(arn)),
    ),
    // By way of the two services alone, so that the role decrypts nothing else of the key's.
    ...allowed('kms:Decrypt', keyArns, {
      StringLike: { 'kms:ViaService': ['ssm.*.amazonaws.com', 'secretsmanager.*.amazonaws.com'] },
    }),
  );
}

/** What the application's pages about users take: these operations, on the one pool. */
export function userAdministrationPolicy(userPoolArn: string): PolicyDocument {
  return policyDocument({
    Effect: 'Allow',
    Action: [
      'cognito-idp:AdminAddUserToGroup',
      'cognito-idp:AdminCreateUser',
      'cognito-idp:AdminDisableUser',
      'cognito-idp:AdminEnableUser',
      'cognito-idp:AdminGetUser',
      'cognito-idp:AdminListGroupsForUser',
      'cognito-idp:AdminRemoveUserFromGroup',
      'cognito-idp:AdminResetUserPassword',
      'cognito-idp:AdminUserGlobalSignOut',
      'cognito-idp:ListGroups',
      'cognito-idp:ListUsers',
    ],
    Resource: userPoolArn,
  });
}

/** What a shell in a task takes (ECS guide, "ECS Exec", permissions of the task role). */
export function execPolicy(): PolicyDocument {
  return policyDocument({
    Effect: 'Allow',
    Action: [
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ],
    // These actions know no resource (service authorization reference, Session Manager message gateway).
    Resource: '*',
  });
}

function allowed(
  action: string,
  arns: readonly string[],
  condition?: NonNullable<Statement['Condition']>,
): readonly Statement[] {
  if (arns.length === 0) return [];
  return [{ Effect: 'Allow', Action: action, Resource: arns, ...(condition ? { Condition: condition } : {}) }];
}

function isParameter(arn: string): boolean {
  return arn.startsWith('arn:aws:ssm:');
}
