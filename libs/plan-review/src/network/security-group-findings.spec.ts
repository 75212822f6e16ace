import { describe, expect, it } from '@jest/globals';
import { type ResourceChange } from '../plan/model.ts';
import { byReference, changeOf, kindsOf } from '../testdata/change-of.ts';
import { securityGroupFindings } from './security-group-findings.ts';

const there = {};
const group = (name: string, isNew = false) => changeOf(`aws_security_group.${name}`, isNew ? undefined : there, there);
const rule = (to: string, from: object, direction: 'ingress' | 'egress' = 'ingress') =>
  changeOf(`aws_vpc_security_group_${direction}_rule.r`, undefined, {
    security_group_id: `\${aws_security_group.${to}.id}`,
    ip_protocol: 'tcp',
    from_port: 443,
    to_port: 443,
    ...from,
  });
const balancer = changeOf('aws_lb.alb', there, { security_groups: ['${aws_security_group.front.id}'] });
const everywhere = { cidr_ipv4: '0.0.0.0/0' };
const fromFront = { referenced_security_group_id: '${aws_security_group.front.id}' };
const found = (...changes: readonly ResourceChange[]): readonly string[] =>
  kindsOf(securityGroupFindings([balancer, ...changes], byReference));

describe('securityGroupFindings', () => {
  it.each<[string, readonly ResourceChange[], readonly string[]]>([
    ['anybody to the load balancer', [group('front'), rule('front', everywhere)], ['look permits-more']],
    ['anybody to a new load balancer', [group('front', true), rule('front', everywhere)], ['note permits-more']],
    ['anybody past it', [group('back'), rule('back', everywhere)], ['stop past-the-load-balancer']],
    [
      'anybody past it, into a new group',
      [group('back', true), rule('back', everywhere)],
      ['stop past-the-load-balancer'],
    ],
    [
      'who is not known yet',
      [group('back'), rule('back', { cidr_ipv4: '(known after apply)' })],
      ['stop past-the-load-balancer'],
    ],
    ['a private network', [group('back'), rule('back', { cidr_ipv4: '10.0.0.0/8' })], ['look permits-more']],
    ['the load balancer', [group('back'), rule('back', fromFront)], ['note permits-more']],
    ['another group', [group('back'), rule('back', { referenced_security_group_id: 'sg-1' })], ['look permits-more']],
    ['a way out to anybody', [group('back'), rule('back', everywhere, 'egress')], ['look permits-more']],
    [
      'a group that the tasks have too',
      [
        group('front'),
        rule('front', everywhere),
        changeOf('aws_ecs_service.s', there, {
          network_configuration: [{ security_groups: ['${aws_security_group.front.id}'] }],
        }),
      ],
      ['stop past-the-load-balancer'],
    ],
  ])('%s', (_, changes, expected) => {
    expect(found(...changes)).toEqual(expected);
  });

  it('has a witness that a person can try', () => {
    const [finding] = securityGroupFindings([group('back'), rule('back', { cidr_ipv6: '::/0' })], byReference);
    expect(finding?.witness).toEqual({
      kind: 'connection',
      protocol: 'tcp',
      port: 443,
      from: '2001:db8::',
      to: 'app/aws_security_group.back',
    });
  });
});
