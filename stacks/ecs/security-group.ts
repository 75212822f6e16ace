import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';
import { type ITerraformDependable } from 'cdktf';

import { application } from '../application.ts';
import { type GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';

/** The tasks' security group and the rules without which no task becomes healthy. */
export interface TaskSecurityGroup {
  readonly group: SecurityGroup;
  readonly openings: readonly ITerraformDependable[];
}

/**
 * Opens one way between the load balancer and the tasks, both ends of it: out of the one group, into the other. The
 * outgoing end belongs to the load balancer's group but lives here, since it names a group that only this stack knows.
 */
export function taskSecurityGroup(
  stack: GatehouseStack,
  vpcId: string,
  loadBalancerGroupId: string,
): TaskSecurityGroup {
  const group = pin(
    new SecurityGroup(stack, 'security-group', {
      name: nameOf(stack.environment.name, 'taskSecurityGroup'),
      description: 'The tasks of Gatehouse',
      vpcId,
    }),
    'app',
  );
  const way = { ipProtocol: 'tcp', fromPort: application.containerPort, toPort: application.containerPort };
  const ingress = pin(
    new VpcSecurityGroupIngressRule(stack, 'ingress-alb', {
      securityGroupId: group.id,
      referencedSecurityGroupId: loadBalancerGroupId,
      description: 'The load balancer, and nobody else',
      ...way,
    }),
    'alb',
  );
  const egress = pin(
    new VpcSecurityGroupEgressRule(stack, 'alb-egress-app', {
      securityGroupId: loadBalancerGroupId,
      referencedSecurityGroupId: group.id,
      description: 'The tasks',
      ...way,
    }),
    'alb_to_app',
  );
  pin(
    new VpcSecurityGroupEgressRule(stack, 'egress-https', {
      securityGroupId: group.id,
      description: 'Images, logs, and the public keys of the load balancer and the user pool',
      cidrIpv4: '0.0.0.0/0',
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
    }),
    'https',
  );
  return { group, openings: [ingress, egress] };
}
