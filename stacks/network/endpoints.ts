import { type RouteTable } from '@cdktf/provider-aws/lib/route-table/index.js';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { type Subnet } from '@cdktf/provider-aws/lib/subnet/index.js';
import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';

import { type Environment } from '../environments/index.ts';
import { type GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';

/** The endpoints behind a word of the environment (Amazon ECR guide, "Interface VPC endpoints": ECR has two). */
const SERVICES: Readonly<Record<Environment['network']['interfaceEndpoints'][number], readonly string[]>> = {
  ecr: ['ecr.api', 'ecr.dkr'],
  logs: ['logs'],
  ssm: ['ssm'],
  secretsmanager: ['secretsmanager'],
};

/** Leads traffic to S3, where the layers of images are, past the NAT gateways. It costs nothing. */
export function gatewayEndpoint(stack: GatehouseStack, vpcId: string, routes: readonly RouteTable[]): void {
  const { name, region } = stack.environment;
  new VpcEndpoint(stack, 's3', {
    vpcId,
    vpcEndpointType: 'Gateway',
    serviceName: `com.amazonaws.${region}.s3`,
    routeTableIds: routes.map(({ id }) => id),
    tags: { Name: `${nameOf(name, 'vpc')}-s3` },
  });
}

/** Gives services of AWS addresses inside the private subnets, under their usual names. */
export function interfaceEndpoints(stack: GatehouseStack, vpcId: string, subnets: readonly Subnet[]): void {
  const { name, region, network } = stack.environment;
  const services = network.interfaceEndpoints.flatMap((word) => SERVICES[word]);
  if (services.length === 0) return;

  const group = pin(
    new SecurityGroup(stack, 'endpoint-security-group', {
      name: nameOf(name, 'endpointSecurityGroup'),
      description: 'The interface endpoints of Gatehouse',
      vpcId,
    }),
    'endpoints',
  );
  pin(
    new VpcSecurityGroupIngressRule(stack, 'endpoint-ingress', {
      securityGroupId: group.id,
      description: 'Whatever runs in the VPC',
      cidrIpv4: network.cidr,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
    }),
    'endpoints',
  );
  for (const service of services) {
    const id = service.replace('.', '_');
    const endpoint = new VpcEndpoint(stack, `endpoint-${id}`, {
      vpcId,
      vpcEndpointType: 'Interface',
      serviceName: `com.amazonaws.${region}.${service}`,
      subnetIds: subnets.map((subnet) => subnet.id),
      securityGroupIds: [group.id],
      privateDnsEnabled: true,
      tags: { Name: `${nameOf(name, 'vpc')}-${id.replace('_', '-')}` },
    });
    pin(endpoint, id);
  }
}
