import { describe, expect, it } from '@jest/globals';
import { byReference, changeOf } from '../testdata/change-of.ts';
import { describePermission } from './permission.ts';
import { securityGroups } from './security-group.ts';

const after = (...changes: Parameters<typeof securityGroups>[0]): readonly string[] =>
  securityGroups(changes, byReference).flatMap((group) =>
    group.after.map((each) => `${group.name}: ${describePermission(each)}`),
  );
const group = (values: object, written?: object) =>
  changeOf(
    'aws_security_group.g',
    undefined,
    values as never,
    written === undefined ? {} : { written: written as never },
  );
const rule = (values: object) =>
  changeOf('aws_vpc_security_group_ingress_rule.r', undefined, {
    security_group_id: '${aws_security_group.g.id}',
    ...values,
  });

describe('securityGroups', () => {
  it('reads the rules of a group, of both kinds of resource, and of itself', () => {
    expect(
      after(
        group({
          ingress: [
            {
              protocol: 'tcp',
              from_port: 80,
              to_port: 81,
              cidr_blocks: ['10.0.0.0/8'],
              ipv6_cidr_blocks: ['::/0'],
              self: true,
            },
          ],
          egress: [{ protocol: '-1', from_port: 0, to_port: 0, cidr_blocks: ['0.0.0.0/0'] }],
        }),
        rule({ ip_protocol: 'tcp', from_port: 443, to_port: 443, cidr_ipv4: '192.0.2.0/24' }),
        changeOf('aws_security_group_rule.old', undefined, {
          type: 'egress',
          security_group_id: '${aws_security_group.g.id}',
          protocol: '17',
          from_port: 53,
          to_port: 53,
          source_security_group_id: 'sg-other',
        }),
      ),
    ).toEqual([
      'app/aws_security_group.g: tcp 80-81 from 10.0.0.0/8',
      'app/aws_security_group.g: tcp 80-81 from anyone (::/0)',
      'app/aws_security_group.g: tcp 80-81 from app/aws_security_group.g',
      'app/aws_security_group.g: all traffic to anyone (0.0.0.0/0)',
      'app/aws_security_group.g: tcp 443 from 192.0.2.0/24',
      'app/aws_security_group.g: udp 53 to sg-other',
    ]);
  });

  it('leaves out what AWS tells of rules that are written elsewhere', () => {
    const told = { ingress: [{ protocol: 'tcp', from_port: 1, to_port: 1, cidr_blocks: ['0.0.0.0/0'] }] };
    expect(after(group(told, { name: {} }))).toEqual([]);
    expect(after(group(told, { ingress: {} }))).toHaveLength(1);
  });

  it('takes what it cannot read for anybody, on any port', () => {
    expect(after(group({ ingress: 'hidden-1' }))).toEqual([
      'app/aws_security_group.g: all traffic from whatever hidden-1 will be',
    ]);
    expect(after(rule({ ip_protocol: 'hidden-2', from_port: 1, to_port: 1, cidr_ipv4: 'hidden-3' }))).toEqual([
      'app/aws_security_group.g: all traffic from whatever hidden-3 will be',
    ]);
    expect(after(rule({ ip_protocol: 'tcp', from_port: 'hidden-4', to_port: 1, cidr_ipv4: '10.0.0.0/8' }))).toEqual([
      'app/aws_security_group.g: tcp, any port from 10.0.0.0/8',
    ]);
  });
});
