import { describe, expect, it } from '@jest/globals';

import { importId, isMadeAgain } from './import-id.ts';

const account = 'arn:aws:iam::111111111111';

describe('importId', () => {
  it.each([
    ['aws_vpc', 'vpc-1', {}, 'vpc-1'],
    [
      'aws_route',
      'r-rtb-1',
      { route_table_id: '${aws_route_table.a.id}', destination_cidr_block: '0.0.0.0/0' },
      '${aws_route_table.a.id}_0.0.0.0/0',
    ],
    ['aws_ecs_service', 'arn:aws:ecs:eu-west-1:1:service/cluster/app', {}, 'cluster/app'],
    ['aws_ecs_cluster', 'arn:aws:ecs:eu-west-1:1:cluster/c', { name: 'c' }, 'c'],
    [
      'aws_cognito_user_pool_client',
      'abc',
      { user_pool_id: '${aws_cognito_user_pool.pool.id}' },
      '${aws_cognito_user_pool.pool.id}/abc',
    ],
    ['aws_wafv2_web_acl', 'u-1', { name: 'w', scope: 'REGIONAL' }, 'u-1/w/REGIONAL'],
    ['aws_iam_role', undefined, { name: 'role' }, 'role'],
    ['aws_iam_policy', 'arn:aws:iam::1:policy/p', { name: 'p' }, 'arn:aws:iam::1:policy/p'],
    ['aws_iam_policy', undefined, { name: 'p' }, `${account}:policy/p`],
    ['aws_iam_policy', undefined, { name: 'p', path: '/team/' }, `${account}:policy/team/p`],
    [
      'aws_iam_openid_connect_provider',
      undefined,
      { url: 'https://token.actions.githubusercontent.com' },
      `${account}:oidc-provider/token.actions.githubusercontent.com`,
    ],
  ])('of %s %s', (type, id, body, expected) => {
    expect(importId(type, { id, body, account })).toBe(expected);
  });

  it.each([
    ['aws_vpc', {}],
    ['aws_wafv2_web_acl', { name: 'w', scope: 'REGIONAL' }],
    ['aws_iam_role', { name_prefix: 'role-' }],
    ['aws_iam_policy', { name_prefix: 'policy-' }],
  ])('is not guessed for %s', (type, body) => {
    expect(importId(type, { id: undefined, body, account })).toBeUndefined();
  });

  it('is not put together of an account that nobody knows', () => {
    const made = { id: undefined, body: { name: 'p' }, account: undefined };
    expect(importId('aws_iam_policy', made)).toBeUndefined();
  });

  it('is not the family of a task definition, which has revisions', () => {
    expect(importId('aws_ecs_task_definition', { id: 'app', body: { family: 'app' }, account })).toBeUndefined();
  });
});

it('knows what may be made again', () => {
  expect([isMadeAgain('aws_default_security_group'), isMadeAgain('aws_vpc')]).toEqual([true, false]);
});
