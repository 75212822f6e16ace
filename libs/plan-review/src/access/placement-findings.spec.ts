import { describe, expect, it } from '@jest/globals';
import { type Json } from '../plan/schema.ts';
import { changeOf, kindsOf } from '../testdata/change-of.ts';
import { placementFindings } from './placement-findings.ts';

describe('placementFindings', () => {
  it.each<[string, Json | undefined, Json | undefined, readonly string[]]>([
    ['aws_lb.a', { internal: true }, { internal: false }, ['stop placement']],
    ['aws_lb.a', { internal: false }, { internal: true }, []],
    ['aws_lb.a', { subnets: ['a', 'b'] }, { subnets: ['b', 'a'] }, []],
    ['aws_lb.a', { subnets: ['a', 'b'] }, { subnets: ['a', 'c'] }, ['look placement']],
    ['aws_lb.a', undefined, { internal: false, subnets: ['a'] }, []],
    [
      'aws_ecs_service.a',
      { network_configuration: [{ subnets: ['a'] }] },
      { network_configuration: [{ subnets: ['b'] }] },
      ['look placement'],
    ],
    ['aws_subnet.a', { map_public_ip_on_launch: false }, { map_public_ip_on_launch: true }, ['look placement']],
    ['aws_route.a', { gateway_id: '' }, { gateway_id: 'igw-1' }, ['look placement']],
    ['aws_route.a', { gateway_id: '' }, { gateway_id: '${aws_internet_gateway.a.id}' }, ['look placement']],
    ['aws_route.a', { gateway_id: '' }, { gateway_id: 'local' }, []],
    ['aws_lb_target_group_attachment.a', undefined, { id: 'x' }, ['look placement']],
    ['aws_vpc_peering_connection.a', undefined, { id: '(known after apply)' }, ['look placement']],
    ['aws_lb.a', { subnets: ['a'] }, undefined, []],
  ])('%s from %j to %j: %j', (address, before, after, expected) => {
    expect(kindsOf(placementFindings([changeOf(address, before, after)]))).toEqual(expected);
  });
});
