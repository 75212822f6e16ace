import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  ImageNotFoundException,
} from '@aws-sdk/client-ecr';
import { DescribeTaskDefinitionCommand } from '@aws-sdk/client-ecs';
import {
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';

import { type Applied, type Check, unless, unlessSame } from '../check.ts';
import { blocksOf, textOf } from '../described.ts';
import { serviceOf } from '../found.ts';

/** What a tag means never changes, every image is looked at, and the image that runs is there. */
export const images: Check = async ({ clients, described, digest }) => {
  const repositoryName = textOf(described.one('aws_ecr_repository'), 'name');
  const { repositories = [] } = await clients.images.send(
    new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }),
  );
  const [found] = repositories;
  const { lifecyclePolicyText = '{}' } = await clients.images.send(new GetLifecyclePolicyCommand({ repositoryName }));
  const policy = textOf(described.one('aws_ecr_lifecycle_policy'), 'policy');
  const isThere = await clients.images
    .send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }))
    .then(({ imageDetails }) => imageDetails?.length === 1)
    .catch((error: unknown) => {
      if (error instanceof ImageNotFoundException) return false;
      throw error;
    });
  return [
    ...unlessSame('What becomes of tags', found?.imageTagMutability, 'IMMUTABLE'),
    ...unlessSame('Looking at what is pushed', found?.imageScanningConfiguration?.scanOnPush, true),
    ...unless(found?.encryptionConfiguration !== undefined, 'The repository is not encrypted.'),
    ...unlessSame('How long images are kept', JSON.parse(lifecyclePolicyText), JSON.parse(policy)),
    ...unless(isThere, 'The image that was pushed is not there.'),
  ];
};

/** What runs is the image that was pushed, without rights that it does not need. */
export const task: Check = async (applied) => {
  const { clients, described, digest } = applied;
  const { taskDefinition: name } = await serviceOf(clients, described);
  const { taskDefinition: found } = await clients.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }));
  const { body } = described.one('aws_ecs_task_definition');
  const described_ = JSON.parse(textOfDefinitions(body)) as readonly { readonly readonlyRootFilesystem?: boolean }[];
  const repository = textOf(described.one('aws_ecr_repository'), 'name');
  return [
    ...unlessSame('How tasks are on the network', found?.networkMode, 'awsvpc'),
    ...unlessSame('Its CPU and memory', [found?.cpu, found?.memory], [body['cpu'], body['memory']]),
    ...unless(found?.taskRoleArn !== found?.executionRoleArn, 'The application has the role that starts it.'),
    ...unlessSame('The number of containers', found?.containerDefinitions?.length, described_.length),
    ...(found?.containerDefinitions ?? []).flatMap((container, index) => [
      ...unless(
        container.image?.endsWith(`/${repository}@${digest}`) === true,
        `It runs ${container.image}, and not the image that was pushed.`,
      ),
      ...unlessSame(
        'A root file system that is only read',
        container.readonlyRootFilesystem,
        described_[index]?.readonlyRootFilesystem,
      ),
      ...unless(!/^(root|0)?(:|$)/.test(container.user ?? ''), `It runs as ${container.user ?? 'root'}.`),
      ...unless(container.privileged !== true, 'It is privileged.'),
      ...unlessSame('The capabilities that it drops', container.linuxParameters?.capabilities?.drop, ['ALL']),
      ...unlessSame('The capabilities that it adds', container.linuxParameters?.capabilities?.add ?? [], []),
      ...unlessSame('Where it logs to', container.logConfiguration?.options?.['awslogs-group'], logGroupOf(applied)),
    ]),
  ];
};

/** The service has no public address, rolls back, and opens no shell unless that is described. */
export const service: Check = async ({ clients, described }) => {
  const found = await serviceOf(clients, described);
  const { body } = described.one('aws_ecs_service');
  const network = found.networkConfiguration?.awsvpcConfiguration;
  return [
    ...unlessSame('A public address', network?.assignPublicIp, 'DISABLED'),
    ...unlessSame('How it runs', found.launchType, 'FARGATE'),
    ...unlessSame('Its number of tasks', found.desiredCount, body['desired_count']),
    ...unlessSame('Opening shells', found.enableExecuteCommand ?? false, body['enable_execute_command']),
    ...unlessSame(
      'Rolling back what fails',
      found.deploymentConfiguration?.deploymentCircuitBreaker,
      blocksOf(body, 'deployment_circuit_breaker')[0],
    ),
    ...unlessSame(
      'The seconds in which health is not asked for',
      found.healthCheckGracePeriodSeconds,
      body['health_check_grace_period_seconds'],
    ),
  ];
};

/** Tasks are added and taken away within the limits, by what was described. */
export const scaling: Check = async ({ clients, described }) => {
  const at = { ServiceNamespace: 'ecs' } as const;
  const { ScalableTargets = [] } = await clients.scaling.send(new DescribeScalableTargetsCommand(at));
  const { ScalingPolicies = [] } = await clients.scaling.send(new DescribeScalingPoliciesCommand(at));
  const limits = described
    .all('aws_appautoscaling_target')
    .map(({ body }) => [body['min_capacity'], body['max_capacity']]);
  const policies = described.all('aws_appautoscaling_policy').map((policy) => {
    const [tracking] = blocksOf(policy.body, 'target_tracking_scaling_policy_configuration');
    return [textOf(policy, 'name'), tracking?.['target_value']];
  });
  return [
    ...unlessSame(
      'The limits',
      ScalableTargets.map(({ MinCapacity, MaxCapacity }) => [MinCapacity, MaxCapacity]),
      limits,
    ),
    ...unlessSame(
      'What is kept at which value',
      ScalingPolicies.map(({ PolicyName, TargetTrackingScalingPolicyConfiguration: tracking }) => [
        PolicyName,
        tracking?.TargetValue,
      ]).sort(),
      policies.sort(),
    ),
  ];
};

/** Roles are taken by the services that they are for, have the policies that are described, and no others. */
export const roles: Check = async ({ clients: { iam }, described }) => {
  const problems = await Promise.all(
    described.all('aws_iam_role').map(async (role) => {
      const RoleName = textOf(role, 'name');
      const { Role } = await iam.send(new GetRoleCommand({ RoleName }));
      const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      const own = described
        .all('aws_iam_role_policy')
        .filter(({ body, stack }) => stack === role.stack && body['role'] === `\${${role.address}.name}`)
        .map((policy) => textOf(policy, 'name'));
      const statements = await Promise.all(
        PolicyNames.map(async (PolicyName) => {
          const { PolicyDocument = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
          return allowsEverything(decodeURIComponent(PolicyDocument)) ? [`${RoleName} may do everything.`] : [];
        }),
      );
      return [
        ...unlessSame(
          `Who takes ${RoleName}`,
          JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '{}')),
          JSON.parse(textOf(role, 'assume_role_policy')),
        ),
        ...unlessSame(`The policies of others that ${RoleName} has`, AttachedPolicies, []),
        ...unlessSame(`The policies of ${RoleName}`, [...PolicyNames].sort(), own.sort()),
        ...statements.flat(),
      ];
    }),
  );
  return problems.flat();
};

function allowsEverything(document: string): boolean {
  const { Statement } = JSON.parse(document) as { Statement: unknown };
  return [Statement].flat().some((statement) => {
    const { Effect, Action } = statement as { Effect: string; Action: string | string[] };
    return Effect === 'Allow' && [Action].flat().some((action) => action === '*' || /^[^:]+:\*$/.test(action));
  });
}

function logGroupOf({ described }: Applied): string {
  const group = described.all('aws_cloudwatch_log_group').find(({ stack }) => stack === 'ecs');
  if (group === undefined) throw new RangeError('The ecs stack describes no log group.');
  return textOf(group, 'name');
}

/** References stand inside the strings of a JSON text. */
function textOfDefinitions(body: Readonly<Record<string, unknown>>): string {
  const text = body['container_definitions'];
  if (typeof text !== 'string') throw new TypeError('The task definition has no text of its containers.');
  return text;
}
