import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import {
  DescribeSecurityGroupRulesCommand,
  DescribeSubnetsCommand,
  ModifySecurityGroupRulesCommand,
  ModifySubnetAttributeCommand,
} from '@aws-sdk/client-ec2';
import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { PutRolePolicyCommand } from '@aws-sdk/client-iam';

import { type Clients } from '../clients.ts';
import { type Described, type DescribedResource, textOf } from '../described.ts';
import { serviceOf } from '../found.ts';
import { type Change, type Changes } from '../changes.ts';

/** What runs: another image, as root, open on every port, with every right. */
export const runningChanges: Changes = async (clients, described) => {
  const { ecs, ec2 } = clients;
  const found = await serviceOf(clients, described);
  const network = found.networkConfiguration?.awsvpcConfiguration;
  const at = { cluster: found.clusterArn, service: found.serviceName };
  const service = { address: described.one('aws_ecs_service').address, change: 'changed' } as const;
  const opensShells = found.enableExecuteCommand === true;
  return [
    {
      ...service,
      check: 'task',
      what: 'another image runs, as root',
      make: async () => {
        const taskDefinition = await anotherTask(clients, found.taskDefinition);
        await ecs.send(new UpdateServiceCommand({ ...at, taskDefinition }));
        // It runs on, and nobody has to look for it when everything else is destroyed.
        return ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition }));
      },
    },
    {
      ...service,
      check: 'service',
      what: `the service ${opensShells ? 'no longer opens' : 'opens'} shells`,
      make: () => ecs.send(new UpdateServiceCommand({ ...at, enableExecuteCommand: !opensShells })),
    },
    {
      check: 'ways',
      address: onlyIngress(described).address,
      change: 'changed',
      what: 'every port of the tasks is open',
      make: async () => {
        const GroupId = network?.securityGroups?.[0];
        const Filters = [{ Name: 'group-id', Values: [GroupId ?? ''] }];
        const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
        const rule = SecurityGroupRules.find(({ IsEgress }) => IsEgress === false);
        const every = { IpProtocol: rule?.IpProtocol, FromPort: 0, ToPort: 65_535 };
        const SecurityGroupRule = { ...every, ReferencedGroupId: rule?.ReferencedGroupInfo?.GroupId };
        const changed = { SecurityGroupRuleId: rule?.SecurityGroupRuleId, SecurityGroupRule };
        return ec2.send(new ModifySecurityGroupRulesCommand({ GroupId, SecurityGroupRules: [changed] }));
      },
    },
    ...(await subnetChanges(clients, described, network?.subnets ?? [])),
    ...scalingChanges(clients, described),
    ...roleChanges(clients, described),
  ];
};

async function anotherTask({ ecs }: Clients, taskDefinition: string | undefined): Promise<string | undefined> {
  const { taskDefinition: now } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  const { family, networkMode, cpu, memory, requiresCompatibilities, executionRoleArn, taskRoleArn } = now ?? {};
  const containerDefinitions = now?.containerDefinitions?.map((container) => ({
    ...container,
    user: 'root',
    image: 'elsewhere/image:latest',
  }));
  const kept = { family, networkMode, cpu, memory, requiresCompatibilities, executionRoleArn, taskRoleArn };
  const made = await ecs.send(new RegisterTaskDefinitionCommand({ ...kept, containerDefinitions }));
  return made.taskDefinition?.taskDefinitionArn;
}

/** Found by the range that is described of it. */
async function subnetChanges(
  { ec2 }: Clients,
  described: Described,
  ids: readonly string[],
): Promise<readonly Change[]> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ SubnetIds: [...ids] }));
  return described
    .all('aws_subnet')
    .flatMap((subnet) => {
      const found = Subnets.find(({ CidrBlock }) => CidrBlock === subnet.body['cidr_block']);
      return found === undefined ? [] : [{ address: subnet.address, SubnetId: found.SubnetId }];
    })
    .slice(0, 1)
    .map(({ address, SubnetId }) => ({
      check: 'subnets',
      address,
      change: 'changed',
      what: 'what starts beside the tasks gets a public address',
      make: mapPublicIp(ec2, SubnetId, true),
      undo: mapPublicIp(ec2, SubnetId, false),
    }));
}

function mapPublicIp(ec2: Clients['ec2'], SubnetId: string | undefined, Value: boolean) {
  return () => ec2.send(new ModifySubnetAttributeCommand({ SubnetId, MapPublicIpOnLaunch: { Value } }));
}

function scalingChanges({ scaling }: Clients, described: Described): readonly Change[] {
  return described.all('aws_appautoscaling_target').map(({ address }) => ({
    check: 'scaling',
    address,
    change: 'changed',
    what: 'a hundred tasks may run',
    make: () => {
      const cluster = textOf(described.one('aws_ecs_cluster'), 'name');
      const service = textOf(described.one('aws_ecs_service'), 'name');
      return scaling.send(
        new RegisterScalableTargetCommand({
          ServiceNamespace: 'ecs',
          ScalableDimension: 'ecs:service:DesiredCount',
          ResourceId: `service/${cluster}/${service}`,
          MaxCapacity: 100,
        }),
      );
    },
  }));
}

function roleChanges({ iam }: Clients, described: Described): readonly Change[] {
  const Statement = [{ Effect: 'Allow', Action: '*', Resource: '*' }];
  return described
    .all('aws_iam_role_policy')
    .filter(({ stack }) => stack === 'ecs')
    .slice(0, 1)
    .map((policy) => ({
      check: 'roles',
      address: policy.address,
      change: 'changed',
      what: 'a role may do everything',
      make: () =>
        iam.send(
          new PutRolePolicyCommand({
            RoleName: roleOf(policy, described),
            PolicyName: textOf(policy, 'name'),
            PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
          }),
        ),
    }));
}

function roleOf({ address, body, stack }: DescribedResource, described: Described): string {
  const role = described
    .all('aws_iam_role')
    .find((each) => each.stack === stack && body['role'] === `\${${each.address}.name}`);
  if (role === undefined) throw new RangeError(`The stacks do not describe the role of ${address}.`);
  return textOf(role, 'name');
}

function onlyIngress(described: Described): DescribedResource {
  const found = described.all('aws_vpc_security_group_ingress_rule').find(({ stack }) => stack === 'ecs');
  if (found === undefined) throw new RangeError('The stacks describe no way to the tasks.');
  return found;
}
