import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group/index.js';
import { VpcSecurityGroupEgressRule } from '@cdktf/provider-aws/lib/vpc-security-group-egress-rule/index.js';
import { VpcSecurityGroupIngressRule } from '@cdktf/provider-aws/lib/vpc-security-group-ingress-rule/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';

const ANYWHERE = '0.0.0.0/0';

/**
 * The load balancer's security group: browsers in, the pool's token and userinfo endpoints out. The way to the tasks
 * is opened by the ecs stack, which knows both groups: here it would need the group of a stack that comes later.
 */
export function loadBalancerSecurityGroup(stack: GatehouseStack, vpcId: string): SecurityGroup {
  const { name, ports } = stack.environment;
  const group = pin(
    new SecurityGroup(stack, 'security-group', {
      name: nameOf(name, 'loadBalancerSecurityGroup'),
      description: 'The load balancer of Gatehouse',
      vpcId,
    }),
    'alb',
  );
  for (const [protocol, port] of Object.entries(ports)) {
    pin(
      new VpcSecurityGroupIngressRule(stack, `ingress-${protocol}`, {
        securityGroupId: group.id,
        description: `Browsers, ${protocol}`,
        cidrIpv4: ANYWHERE,
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
      }),
      protocol,
    );
  }
  pin(
    new VpcSecurityGroupEgressRule(stack, 'egress-pool', {
      securityGroupId: group.id,
      description: 'Token and userinfo endpoints of the user pool',
      // Without it every login ends in a 500 of the load balancer (repost.aws, elb-configure-authentication-alb).
      cidrIpv4: ANYWHERE,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
    }),
    'pool',
  );
  return group;
}
