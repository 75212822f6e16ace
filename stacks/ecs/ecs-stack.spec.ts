import { describe, expect, it } from '@jest/globals';

import { prod } from '../environments/prod.ts';
import { synthesized } from '../testing/synthesized.ts';

describe('EcsStack', () => {
  const there = synthesized(prod);

  it('runs in private subnets, and a failed deployment goes back', () => {
    expect(there.body('ecs', 'aws_ecs_service.app')).toMatchObject({
      desired_count: prod.service.desiredCount,
      launch_type: 'FARGATE',
      deployment_minimum_healthy_percent: 100,
      deployment_circuit_breaker: { enable: true, rollback: true },
      enable_execute_command: false,
      network_configuration: {
        assign_public_ip: false,
        subnets: '${data.terraform_remote_state.network.outputs.privateSubnetIds}',
        security_groups: ['${aws_security_group.app.id}'],
      },
      load_balancer: [
        {
          target_group_arn: '${data.terraform_remote_state.alb.outputs.targetGroupArn}',
          container_name: 'auth',
          container_port: 3000,
        },
      ],
    });
  });

  it('opens one way from the load balancer to the tasks, by group at both ends', () => {
    const alb = '${data.terraform_remote_state.alb.outputs.securityGroupId}';
    const app = '${aws_security_group.app.id}';
    const way = { ip_protocol: 'tcp', from_port: 3000, to_port: 3000 };
    expect(there.body('ecs', 'aws_vpc_security_group_ingress_rule.alb')).toMatchObject({
      security_group_id: app,
      referenced_security_group_id: alb,
      ...way,
    });
    expect(there.body('ecs', 'aws_vpc_security_group_egress_rule.alb_to_app')).toMatchObject({
      security_group_id: alb,
      referenced_security_group_id: app,
      ...way,
    });
  });

  it('defines a container that a reader of the JSON can parse', () => {
    const task = there.body('ecs', 'aws_ecs_task_definition.app');
    const [container] = JSON.parse(String(task['container_definitions'])) as readonly Record<string, unknown>[];
    expect(container?.['image']).toBe('${data.terraform_remote_state.ecr.outputs.repositoryUrl}@${var.image_digest}');
    expect(container?.['environment']).toContainEqual({
      name: 'ALB_ARN',
      value: '${data.terraform_remote_state.alb.outputs.loadBalancerArn}',
    });
    expect(task).toMatchObject({
      cpu: '512',
      memory: '1024',
      network_mode: 'awsvpc',
      requires_compatibilities: ['FARGATE'],
    });
  });

  it('runs no image by default: which one is said at each plan, by its digest', () => {
    const variable = (there.json('ecs')['variable'] as Record<string, Record<string, unknown>>)['image_digest'];
    expect(variable).toMatchObject({ type: 'string', nullable: false });
    expect(variable).not.toHaveProperty('default');
  });

  it('gives the tasks a role that may do nothing by itself', () => {
    const bare = synthesized({ ...prod, login: { ...prod.login, userAdministration: false } });
    const policies = bare.resources.filter(
      ({ stack, type }) => stack === 'ecs' && type.startsWith('aws_iam_role_policy'),
    );
    expect(policies.map(({ body }) => body['role'])).toEqual(['${aws_iam_role.execution.name}']);
  });

  const withService = (service: Partial<typeof prod.service>) =>
    synthesized({ ...prod, service: { ...prod.service, ...service } });

  it('adds tasks by CPU and by requests, and leaves their number to that', () => {
    expect(there.body('ecs', 'aws_appautoscaling_target.app')).toMatchObject({
      min_capacity: 2,
      max_capacity: 6,
      resource_id: 'service/${aws_ecs_cluster.cluster.name}/${aws_ecs_service.app.name}',
    });
    const metric = (name: string) =>
      there.body('ecs', `aws_appautoscaling_policy.${name}`)['target_tracking_scaling_policy_configuration'];
    expect(metric('cpu')).toMatchObject({
      target_value: 60,
      predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageCPUUtilization' },
    });
    expect(metric('requests')).toMatchObject({
      target_value: 1000,
      predefined_metric_specification: {
        predefined_metric_type: 'ALBRequestCountPerTarget',
        resource_label:
          '${element(split(":loadbalancer/", data.terraform_remote_state.alb.outputs.loadBalancerArn), 1)}/' +
          '${element(split(":", data.terraform_remote_state.alb.outputs.targetGroupArn), 5)}',
      },
    });
    expect(there.body('ecs', 'aws_ecs_service.app')).toMatchObject({
      lifecycle: { ignore_changes: ['desired_count'] },
    });
  });

  it('keeps to a number of tasks where there is no scaling', () => {
    const fixed = withService({ scaling: null });
    expect(fixed.resources.filter(({ type }) => type.startsWith('aws_appautoscaling'))).toEqual([]);
    expect(fixed.body('ecs', 'aws_ecs_service.app')).not.toHaveProperty('lifecycle');
  });

  it('opens no shell, and where it is asked to, gives the role what that takes', () => {
    expect(there.resources.filter(({ address }) => address === 'ecs: aws_iam_role_policy.exec')).toEqual([]);
    const open = withService({ exec: true });
    expect(open.body('ecs', 'aws_ecs_service.app')).toMatchObject({ enable_execute_command: true });
    expect(open.body('ecs', 'aws_iam_role_policy.exec')).toMatchObject({ role: '${aws_iam_role.task.name}' });
  });

  it('runs on the processor that the image was built for', () => {
    expect(withService({ architecture: 'ARM64' }).body('ecs', 'aws_ecs_task_definition.app')).toMatchObject({
      runtime_platform: { cpu_architecture: 'ARM64', operating_system_family: 'LINUX' },
    });
  });

  it('measures its containers as the environment says', () => {
    expect(there.body('ecs', 'aws_ecs_cluster.cluster')).toMatchObject({
      setting: [{ name: 'containerInsights', value: 'enabled' }],
    });
  });

  it('may read the secrets that the container gets', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:222222222222:secret:gatehouse/key-AbCdEf';
    const open = withService({ secrets: [{ variable: 'KEY', arn }] });
    expect(String(open.body('ecs', 'aws_iam_role_policy.execution')['policy'])).toContain(arn);
  });
});

describe('the right to manage users', () => {
  const withAdministration = (userAdministration: boolean) =>
    synthesized({ ...prod, login: { ...prod.login, userAdministration } });

  it('is for the tasks, and for the pool that people sign in to', () => {
    const there = withAdministration(true);
    const { role, policy } = there.body('ecs', 'aws_iam_role_policy.users');
    expect(role).toBe('${aws_iam_role.task.name}');
    const { Statement: statements } = JSON.parse(String(policy)) as { Statement: readonly Record<string, unknown>[] };
    expect(statements.map(({ Resource }) => Resource)).toEqual([
      '${data.terraform_remote_state.cognito.outputs.userPoolArn}',
    ]);
    expect(JSON.stringify(there.body('ecs', 'aws_ecs_task_definition.app'))).toContain('COGNITO_USER_POOL_ID');
  });

  it('is nowhere where the environment does not want it', () => {
    const there = withAdministration(false);
    expect(JSON.stringify(there.json('ecs'))).not.toMatch(/COGNITO_USER_POOL_ID|cognito-idp:/);
    expect(there.resources.filter(({ address }) => address === 'ecs: aws_iam_role_policy.users')).toEqual([]);
  });
});
