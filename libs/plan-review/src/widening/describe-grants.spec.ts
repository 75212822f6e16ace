import { describe, expect, it } from '@jest/globals';
import { inDetail, inOneLine, nameOf, shortResource } from './describe-grants.ts';
import { grantsOf } from './grant.ts';

const grants = (...statements: readonly object[]) =>
  grantsOf({ Statement: statements.map((each) => ({ Effect: 'Allow', ...each })) }) ?? [];

describe('inOneLine', () => {
  it.each<[string, object, string]>([
    ['an identity', { Action: 's3:GetObject', Resource: '*' }, 'role r may newly do s3:GetObject on anything'],
    ['anyone', { Action: 'kms:*', Resource: '*', Principal: '*' }, 'anyone may newly do kms:*'],
    [
      'many actions, the widest first',
      { Action: ['a:One', 'a:Two', 'a:Three', 'a:Four', 'b:*'], Resource: 'arn:aws:s3:::x' },
      'role r may newly do b:*, a:One, a:Two and 2 more on s3:x',
    ],
    [
      'who takes a role',
      { Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } },
      'ecs-tasks.amazonaws.com may newly take the role',
    ],
  ])('%s', (_case, statement, expected) => {
    expect(inOneLine(grants(statement), 'role r')).toBe(expected);
  });

  it('counts what it does not name', () => {
    const all = grants({ Action: 'a:One', Resource: 'x' }, { Action: 'b:Two', Resource: 'y' });
    expect(inOneLine(all, 'role r')).toBe('role r may newly do a:One on x; and 1 other grant');
    expect(inDetail(all, 'role r')).toEqual(['role r may newly do a:One on x', 'role r may newly do b:Two on y']);
  });

  it('has no details where it says all', () => {
    expect(inDetail(grants({ Action: 'a:One', Resource: ['x', 'y'] }), 'role r')).toEqual([]);
  });
});

describe('the names', () => {
  it.each([
    ['AWS:arn:aws:iam::222222222222:root', 'account 222222222222'],
    ['AWS:222222222222', 'account 222222222222'],
    ['AWS:arn:aws:iam::222222222222:role/r', 'arn:aws:iam::222222222222:role/r'],
    ['Federated:arn:aws:iam::222222222222:oidc-provider/i.com', 'who has a token of i.com'],
  ])('%s', (principal, expected) => {
    expect(nameOf(principal)).toBe(expected);
  });

  it.each([
    ['${aws_kms_key.plans.arn}', 'aws_kms_key.plans'],
    ['${data.terraform_remote_state.ecr.outputs.repositoryArn}/*', 'ecr.repositoryArn/*'],
    ['arn:aws:logs:eu-west-1:222222222222:log-group:/a:*', 'logs:log-group:/a:*'],
  ])('%s', (resource, expected) => {
    expect(shortResource(resource)).toBe(expected);
  });
});
