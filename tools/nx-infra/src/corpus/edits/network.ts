import { edit, type Edit } from '../edit.ts';
import { add, copy, drop, set } from '../house.ts';

const TASKS = '${aws_security_group.app.id}';
const BALANCER = '${aws_security_group.alb.id}';
const toTasks = { security_group_id: TASKS, ip_protocol: 'tcp', from_port: 3000, to_port: 3000 };

/** What changes about who reaches what without the load balancer. */
export const networkEdits: readonly Edit[] = [
  edit(
    'security-group-world',
    add('alb', 'aws_vpc_security_group_ingress_rule.ssh', {
      security_group_id: BALANCER,
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: 'tcp',
      from_port: 22,
      to_port: 22,
    }),
  ),
  edit(
    'security-group-world-ipv6',
    add('alb', 'aws_vpc_security_group_ingress_rule.https6', {
      security_group_id: BALANCER,
      cidr_ipv6: '::/0',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
    }),
  ),
  edit(
    'security-group-narrowed',
    set('alb', 'aws_vpc_security_group_ingress_rule.https', 'cidr_ipv4', '198.51.100.0/24'),
  ),
  edit(
    'security-group-split',
    set('alb', 'aws_vpc_security_group_ingress_rule.https', 'cidr_ipv4', '0.0.0.0/1'),
    copy('alb', 'aws_vpc_security_group_ingress_rule.https', 'aws_vpc_security_group_ingress_rule.https_upper', {
      cidr_ipv4: '128.0.0.0/1',
    }),
  ),
  edit(
    'tasks-past-the-load-balancer',
    add('ecs', 'aws_vpc_security_group_ingress_rule.any', { ...toTasks, cidr_ipv4: '0.0.0.0/0' }),
  ),
  edit(
    'tasks-from-the-vpc',
    add('ecs', 'aws_vpc_security_group_ingress_rule.vpc', { ...toTasks, cidr_ipv4: '10.30.0.0/16' }),
  ),
  edit(
    'tasks-all-protocols',
    set('ecs', 'aws_vpc_security_group_ingress_rule.alb', 'ip_protocol', '-1'),
    set('ecs', 'aws_vpc_security_group_ingress_rule.alb', 'from_port', undefined),
    set('ecs', 'aws_vpc_security_group_ingress_rule.alb', 'to_port', undefined),
  ),
  edit(
    'tasks-ingress-removed',
    drop('ecs', 'aws_vpc_security_group_ingress_rule.alb'),
    set('ecs', 'aws_ecs_service.app', 'depends_on', undefined),
  ),
  edit(
    'egress-all',
    set('ecs', 'aws_vpc_security_group_egress_rule.https', 'ip_protocol', '-1'),
    set('ecs', 'aws_vpc_security_group_egress_rule.https', 'from_port', undefined),
    set('ecs', 'aws_vpc_security_group_egress_rule.https', 'to_port', undefined),
  ),
  edit('public-ip', set('ecs', 'aws_ecs_service.app', 'network_configuration.assign_public_ip', true)),
  edit(
    'tasks-in-public-subnets',
    set(
      'ecs',
      'aws_ecs_service.app',
      'network_configuration.subnets',
      '${data.terraform_remote_state.network.outputs.publicSubnetIds}',
    ),
  ),
  edit('subnet-gives-public-ips', set('network', 'aws_subnet.private_a', 'map_public_ip_on_launch', true)),
  edit(
    'private-route-to-the-internet',
    set('network', 'aws_route.private_a', 'nat_gateway_id', undefined),
    set('network', 'aws_route.private_a', 'gateway_id', '${aws_internet_gateway.internet.id}'),
  ),
  edit(
    'nat-gateway-removed',
    drop('network', 'aws_nat_gateway.nat_b'),
    drop('network', 'aws_eip.nat_b'),
    set('network', 'aws_route.private_b', 'nat_gateway_id', '${aws_nat_gateway.nat_a.id}'),
  ),
  edit(
    'interface-endpoint-added',
    add('network', 'aws_vpc_endpoint.ecr', {
      vpc_id: '${aws_vpc.vpc.id}',
      service_name: 'com.amazonaws.eu-west-1.ecr.api',
      vpc_endpoint_type: 'Interface',
      subnet_ids: ['${aws_subnet.private_a.id}', '${aws_subnet.private_b.id}'],
    }),
  ),
];
