/** An IAM policy document, as JSON. */
export type PolicyDocument = string;

interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource?: string;
  readonly Principal?: Readonly<Record<string, string>>;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function document(...statements: readonly Statement[]): PolicyDocument {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** Lets the tasks of one account and region take a role (ECS guide, "Task IAM role", confused deputy). */
export function taskTrust(account: string, region: string): PolicyDocument {
  return document({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Principal: { Service: 'ecs-tasks.amazonaws.com' },
    Condition: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${region}:${account}:*` },
    },
  });
}

/** What starting a task takes: to pull from one repository and to write to one log group. */
export function executionPolicy(repositoryArn: string, logGroupArn: string): PolicyDocument {
  return document(
    // The token is for the whole registry; this action knows no resource (service authorization reference, ECR).
    { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
    {
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: repositoryArn,
    },
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${logGroupArn}:*` },
  );
}
