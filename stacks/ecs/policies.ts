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

/** What starting a task takes: to pull from one repository, to write to one log group, to read the secrets it names. */
export function executionPolicy(
  repositoryArn: string,
  logGroupArn: string,
  secretArns: readonly string[],
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
    ...reading('ssm:GetParameters', secretArns.filter(isParameter)),
    ...reading(
      'secretsmanager:GetSecretValue',
      secretArns.filter((arn) => !isParameter(arn)),
    ),
  );
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

function reading(action: string, arns: readonly string[]): readonly Statement[] {
  return arns.length === 0 ? [] : [{ Effect: 'Allow', Action: action, Resource: arns }];
}

function isParameter(arn: string): boolean {
  return arn.startsWith('arn:aws:ssm:');
}
