import { describe, expect, it } from '@jest/globals';

import { codesWith, type Loose, violationsAfter } from './testing/broken.ts';

describe('tasks take traffic from the load balancer alone', () => {
  const APP = '${aws_security_group.app.id}';
  const ALB = '${data.terraform_remote_state.alb.outputs.securityGroupId}';

  it.each<[string, string, object]>([
    ['the world', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP, cidr_ipv4: '0.0.0.0/0' }],
    ['the VPC', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP, cidr_ipv4: '10.10.0.0/16' }],
    ['IPv6', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP, cidr_ipv6: '::/0' }],
    ['a prefix list', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP, prefix_list_id: 'pl-1' }],
    [
      'themselves',
      'aws_vpc_security_group_ingress_rule.x',
      { security_group_id: APP, referenced_security_group_id: APP },
    ],
    [
      'a group by literal id',
      'aws_vpc_security_group_ingress_rule.x',
      { security_group_id: APP, referenced_security_group_id: 'sg-1' },
    ],
    ['a rule that names nobody', 'aws_vpc_security_group_ingress_rule.x', { security_group_id: APP }],
    [
      'the older rule',
      'aws_security_group_rule.x',
      { security_group_id: APP, type: 'ingress', cidr_blocks: ['0.0.0.0/0'] },
    ],
    [
      'the older rule of unknown direction',
      'aws_security_group_rule.x',
      { security_group_id: APP, type: '${var.x}', cidr_blocks: ['0.0.0.0/0'] },
    ],
    ['the older rule, to itself', 'aws_security_group_rule.x', { security_group_id: APP, type: 'ingress', self: true }],
    [
      'the load balancer and a range',
      'aws_security_group_rule.x',
      { security_group_id: APP, type: 'ingress', source_security_group_id: ALB, cidr_blocks: ['10.0.0.0/8'] },
    ],
    [
      'a block in the group',
      'aws_security_group.app',
      { ingress: [{ cidr_blocks: ['0.0.0.0/0'], from_port: 0, to_port: 0, protocol: '-1' }] },
    ],
    [
      'a rule for a group by literal id',
      'aws_vpc_security_group_ingress_rule.x',
      { security_group_id: 'sg-1', cidr_ipv4: '0.0.0.0/0' },
    ],
  ])('refuses %s', (_, address, body) => {
    expect(codesWith('ecs', address, body)).toContain('TASK_REACHABLE');
  });

  it.each<[string, unknown]>([
    ['none', { subnets: [] }],
    ['a literal one', { security_groups: ['sg-1'] }],
    ['one beside its own', { security_groups: [APP, '${var.group}'] }],
    ['that of a variable', { security_groups: '${var.groups}' }],
  ])('refuses a service whose security groups are %s', (_, network) => {
    expect(codesWith('ecs', 'aws_ecs_service.app', { network_configuration: network })).toContain('TASK_REACHABLE');
  });

  it('refuses a rule of another stack as well', () => {
    const violations = violationsAfter('network', (json) => {
      (json['resource'] as Loose)['aws_vpc_security_group_ingress_rule'] = {
        x: { security_group_id: 'sg-of-the-tasks', cidr_ipv4: '0.0.0.0/0' },
      } as unknown as Loose;
    });
    expect(violations.map(({ code, address }) => [code, address])).toEqual([
      ['TASK_REACHABLE', 'network: aws_vpc_security_group_ingress_rule.x'],
    ]);
  });

  it('takes the load balancer by the older rule and by a block too', () => {
    const older = { security_group_id: APP, type: 'ingress', source_security_group_id: ALB, self: false };
    expect(codesWith('ecs', 'aws_security_group_rule.x', older)).toEqual([]);
    expect(codesWith('ecs', 'aws_security_group.app', { ingress: { security_groups: [ALB] } })).toEqual([]);
  });
});

describe('the load balancer reaches port 443 outside', () => {
  it.each<[string, object]>([
    ['another port', { from_port: 80, to_port: 80 }],
    ['a range that is not the world', { cidr_ipv4: '10.10.0.0/16' }],
    ['another protocol', { ip_protocol: 'udp' }],
    ['another group', { security_group_id: 'sg-1' }],
    ['ports that are references', { from_port: '${var.x}', to_port: '${var.x}' }],
  ])('refuses egress to %s only', (_, body) => {
    expect(codesWith('alb', 'aws_vpc_security_group_egress_rule.pool', body)).toEqual(['ALB_EGRESS_MISSING']);
  });

  it('takes a wider opening', () => {
    const wider = { ip_protocol: '-1', from_port: undefined, to_port: undefined };
    expect(codesWith('alb', 'aws_vpc_security_group_egress_rule.pool', wider)).toEqual([]);
  });
});
