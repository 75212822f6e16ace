import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster/index.js';
import { EcsService } from '@cdktf/provider-aws/lib/ecs-service/index.js';
import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';
import { TerraformVariable } from 'cdktf';
import { type Construct } from 'constructs';

import { application } from '../application.ts';
import {
  albContract,
  cognitoContract,
  consume,
  deliveryContract,
  ecrContract,
  ecsContract,
  networkContract,
  publish,
  type Values,
} from '../contracts/index.ts';
import { type Environment } from '../environments/index.ts';
import { GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';
import { protect } from '../protect.ts';
import { containerDefinitions } from './container.ts';
import { execPolicy, executionPolicy, taskTrust, userAdministrationPolicy } from './policies.ts';
import { scale } from './scaling.ts';
import { taskSecurityGroup } from './security-group.ts';

/** The application, running: in private subnets, reachable for the load balancer alone. */
export class EcsStack extends GatehouseStack {
  constructor(app: Construct, environment: Environment) {
    super(app, 'ecs', environment);
    const network = consume(this, networkContract);
    const alb = consume(this, albContract);
    const cluster = new EcsCluster(this, 'cluster', {
      name: nameOf(environment.name, 'cluster'),
      setting: [{ name: 'containerInsights', value: environment.service.containerInsights }],
    });
    const task = this.task(alb);
    const { group, openings } = taskSecurityGroup(this, network.vpcId, alb.securityGroupId);

    const service = new EcsService(this, 'app', {
      name: nameOf(environment.name, 'service'),
      cluster: cluster.arn,
      taskDefinition: task.arn,
      launchType: 'FARGATE',
      desiredCount: environment.service.desiredCount,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent: 200,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      healthCheckGracePeriodSeconds: 30,
      enableExecuteCommand: environment.service.exec,
      propagateTags: 'SERVICE',
      networkConfiguration: {
        subnets: network.privateSubnetIds,
        securityGroups: [group.id],
        assignPublicIp: false,
      },
      loadBalancer: [
        {
          targetGroupArn: alb.targetGroupArn,
          containerName: application.containerName,
          containerPort: application.containerPort,
        },
      ],
      dependsOn: [...openings],
      // How many run is then for the scaling to say; Terraform would set it back at each apply.
      ...(environment.service.scaling ? { lifecycle: { ignoreChanges: ['desired_count'] } } : {}),
    });
    scale(this, { clusterName: cluster.name, serviceName: service.name, alb });
    publish(this, ecsContract, { clusterName: cluster.name, serviceName: service.name });
  }

  private task(alb: Values<typeof albContract>): EcsTaskDefinition {
    const { environment } = this;
    const repository = consume(this, ecrContract);
    const logs = new CloudwatchLogGroup(this, 'logs', {
      name: nameOf(environment.name, 'logGroup'),
      retentionInDays: environment.service.logRetentionDays,
      ...protect(environment),
    });
    const assumeRolePolicy = taskTrust(environment.account, environment.region);
    const bounds = this.roleBounds();
    const execution = new IamRole(this, 'execution', {
      name: nameOf(environment.name, 'executionRole'),
      assumeRolePolicy,
      ...bounds,
    });
    const policy = new IamRolePolicy(this, 'execution-policy', {
      name: 'start-tasks',
      role: execution.name,
      policy: executionPolicy(repository.repositoryArn, logs.arn, {
        secretArns: environment.service.secrets.map(({ arn }) => arn),
        keyArns: environment.service.secretKeys,
      }),
    });
    pin(policy, 'execution');
    // The application always has a role, so that it never falls back on another; by itself the role may do nothing.
    const role = new IamRole(this, 'task', { name: nameOf(environment.name, 'taskRole'), assumeRolePolicy, ...bounds });
    const pool = consume(this, cognitoContract);
    if (environment.login.userAdministration) {
      const userPolicy = userAdministrationPolicy(pool.userPoolArn);
      pin(
        new IamRolePolicy(this, 'users-policy', { name: 'manage-users', role: role.name, policy: userPolicy }),
        'users',
      );
    }
    if (environment.service.exec) {
      pin(
        new IamRolePolicy(this, 'exec-policy', { name: 'open-shells', role: role.name, policy: execPolicy() }),
        'exec',
      );
    }

    const definition = new EcsTaskDefinition(this, 'task-definition', {
      family: nameOf(environment.name, 'taskFamily'),
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: `${environment.service.cpu}`,
      memory: `${environment.service.memoryMiB}`,
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: environment.service.architecture },
      executionRoleArn: execution.arn,
      // A task that starts before its role may pull fails, and counts against the circuit breaker.
      dependsOn: [policy],
      taskRoleArn: role.arn,
      containerDefinitions: containerDefinitions({
        environment,
        image: `${repository.repositoryUrl}@${this.imageDigest()}`,
        logGroupName: logs.name,
        alb,
        pool,
      }),
    });
    return pin(definition, 'app');
  }

  /** Where workflows deploy, they may change what these roles may do: up to a bound that they may not change. */
  private roleBounds(): { readonly permissionsBoundary?: string } {
    if (this.environment.delivery === null) return {};
    return { permissionsBoundary: consume(this, deliveryContract).taskBoundaryArn };
  }

  /** Which image runs is said when the stack is planned: a tag can be moved, a digest is the image. */
  private imageDigest(): string {
    const digest = new TerraformVariable(this, 'image_digest', {
      type: 'string',
      nullable: false,
      description: 'Digest of the image in the repository, for example sha256:e3b0c442…',
      validation: [
        {
          condition: '${can(regex("^sha256:[0-9a-f]{64}$", var.image_digest))}',
          errorMessage: 'image_digest must be "sha256:" and 64 hexadecimal digits, as docker push prints it.',
        },
      ],
    });
    return digest.stringValue;
  }
}
