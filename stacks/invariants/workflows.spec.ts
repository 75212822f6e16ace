import { describe, expect, it } from '@jest/globals';

import { everything } from '../testing/everything.ts';
import { checkInvariants } from './check.ts';
import { systemOf } from './invariant.ts';
import { codesWith, full } from './testing/broken.ts';

describe('the roles of workflows', () => {
  const SUB = 'token.actions.githubusercontent.com:sub';
  const AUD = 'token.actions.githubusercontent.com:aud';
  const codes = (address: string, body: object) => codesWith('delivery', address, body, everything);
  const trusted = (role: string) => full.body('delivery', role)['assume_role_policy'] as string;
  const REPOSITORY = everything.delivery?.repository ?? '';

  /** The trust of a role, with its condition changed. */
  function trusting(role: string, change: (condition: Record<string, Record<string, unknown>>) => void): object {
    const policy = JSON.parse(trusted(role)) as { Statement: { Condition: Record<string, Record<string, unknown>> }[] };
    for (const { Condition } of policy.Statement) change(Condition);
    return { assume_role_policy: JSON.stringify(policy) };
  }

  it.each(['aws_iam_role.plan', 'aws_iam_role.apply'])('%s is for one repository, named word for word', (role) => {
    const subjects = (sub: unknown) => trusting(role, (condition) => (condition['StringEquals']![SUB] = sub));
    for (const sub of [
      `repo:${REPOSITORY}:*`,
      'repo:example/*:pull_request',
      'repo:example/other:pull_request',
      [`repo:${REPOSITORY}:pull_request`, 'repo:other/gatehouse:pull_request'],
      `repo:${REPOSITORY}-fork:pull_request`,
      '${var.subject}',
      [],
      undefined,
    ]) {
      expect(codes(role, subjects(sub))).toContain('TRUST_TOO_WIDE');
    }
    expect(
      codes(
        role,
        trusting(role, (condition) => {
          condition['StringLike'] = { [SUB]: condition['StringEquals']![SUB] };
          delete condition['StringEquals']![SUB];
        }),
      ),
    ).toContain('TRUST_TOO_WIDE');
    expect(
      codes(
        role,
        trusting(role, (condition) => (condition['ForAllValues:StringLike'] = { [SUB]: '*' })),
      ),
    ).toContain('TRUST_TOO_WIDE');
  });

  it.each(['aws_iam_role.plan', 'aws_iam_role.apply'])('%s takes tokens for AWS alone', (role) => {
    for (const aud of [undefined, 'https://github.com/example', ['sts.amazonaws.com', 'other'], '*']) {
      const body = trusting(role, (condition) => (condition['StringEquals']![AUD] = aud));
      expect(codes(role, body)).toEqual(['TRUST_AUDIENCE']);
    }
  });

  it('are refused where the environment names no repository', () => {
    const environment = { ...everything, delivery: null };
    expect(() => checkInvariants(systemOf(environment, full.stacks))).toThrow('TRUST_TOO_WIDE');
  });

  it.each(['${data.aws_iam_policy_document.x.json}', 'no JSON', '{}', undefined, 7])(
    'are taken by whom one can read, not by %j',
    (policy) => {
      expect(codes('aws_iam_role.plan', { assume_role_policy: policy })).toContain('TRUST_UNREADABLE');
    },
  );

  it('another role is none for workflows in disguise', () => {
    const statement = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn' } };
    const body = { assume_role_policy: JSON.stringify({ Statement: statement }) };
    expect(codesWith('ecs', 'aws_iam_role.task', body)).toEqual(['TRUST_TOO_WIDE', 'TRUST_AUDIENCE']);
    const anybody = { Effect: 'Allow', Action: 'sts:*', Principal: '*' };
    const rest = { Effect: 'Allow', NotAction: 'sts:TagSession', Principal: '*' };
    for (const statement of [
      anybody,
      rest,
      { ...anybody, Principal: { AWS: '*' } },
      { ...rest, Principal: { AWS: ['*'] } },
    ]) {
      const open = { assume_role_policy: JSON.stringify({ Statement: [statement] }) };
      expect(codesWith('ecs', 'aws_iam_role.task', open)).toContain('TRUST_TOO_WIDE');
    }
  });

  it.each([
    's3:PutObject',
    'iam:CreateRole',
    'ec2:*',
    '*',
    'secretsmanager:GetSecretValue',
    'ssm:GetParameter',
    'logs:GetLogEvents',
    'ecr:GetCredentials',
    'kms:Decrypt',
    // AWS reads an action without case, and a star anywhere in it.
    'logs:getlogevents',
    'logs:GetLog*',
    'ecr:getC*',
    // What a call answers with is a password, or a key to more.
    'ec2:GetPasswordData',
    'sts:GetSessionToken',
    'sts:GetFederationToken',
    'redshift:GetClusterCredentials',
    'dynamodb:GetItem',
    'lambda:GetFunction',
    'cognito-idp:ListUsers',
    'cognito-idp:Listusersingroup',
    'cognito-idp:List*',
    ['ec2:DescribeVpcs', 'ec2:CreateVpc'],
  ])('that of pull requests may not %j', (Action) => {
    const Statement = [{ Effect: 'Allow', Action, Resource: '*' }];
    const body = { role: '${aws_iam_role.plan.name}', policy: JSON.stringify({ Statement }) };
    expect(codes('aws_iam_role_policy.added', body)).toEqual(['PULL_REQUEST_WRITES']);
  });

  it('that of pull requests has no rights that cannot be read here', () => {
    const role = '${aws_iam_role.plan.name}';
    expect(codes('aws_iam_role_policy.added', { role, policy: '${var.policy}' })).toEqual(['PULL_REQUEST_WRITES']);
    const notAction = JSON.stringify({ Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } });
    expect(codes('aws_iam_role_policy.added', { role, policy: notAction })).toEqual(['PULL_REQUEST_WRITES']);
    expect(codes('aws_iam_role_policy_attachment.added', { role, policy_arn: 'arn' })).toEqual(['PULL_REQUEST_WRITES']);
    expect(codes('aws_iam_role.plan', { managed_policy_arns: ['arn'] })).toEqual(['PULL_REQUEST_WRITES']);
    const exclusive = { role_name: role, policy_arns: ['arn'] };
    expect(codes('aws_iam_role_policy_attachments_exclusive.added', exclusive)).toEqual(['PULL_REQUEST_WRITES']);
  });

  it('that of pull requests is given nothing by another stack', () => {
    const Statement = [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }];
    const role = full.body('delivery', 'aws_iam_role.plan')['name'];
    const body = { role, policy: JSON.stringify({ Statement }) };
    expect(codesWith('ecs', 'aws_iam_role_policy.added', body, everything)).toEqual(['PULL_REQUEST_WRITES']);
  });

  it('that which applies has a boundary of these stacks, and is of the main branch', () => {
    for (const boundary of [undefined, 'arn:aws:iam::aws:policy/AdministratorAccess', '${var.boundary}']) {
      expect(codes('aws_iam_role.apply', { permissions_boundary: boundary })).toEqual(['APPLY_UNBOUNDED']);
    }
    const anyBranch = trusting('aws_iam_role.apply', (condition) => {
      delete condition['StringEquals']!['token.actions.githubusercontent.com:ref'];
    });
    expect(codes('aws_iam_role.apply', anyBranch)).toEqual(['APPLY_UNBOUNDED']);
  });
});
