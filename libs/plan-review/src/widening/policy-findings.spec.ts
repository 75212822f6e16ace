import { describe, expect, it } from '@jest/globals';
import { type ResourceChange } from '../plan/model.ts';
import { changeOf, kindsOf } from '../testdata/change-of.ts';
import { policyFindings } from './policy-findings.ts';

const policy = (more: object): string =>
  JSON.stringify({ Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:a', ...more }] });
const was = { policy: policy({}) };
const updated = (more: object, type = 'aws_iam_role_policy'): ResourceChange =>
  changeOf(`${type}.p`, was, { policy: policy(more) });

describe('policyFindings', () => {
  it.each<[string, ResourceChange, readonly string[]]>([
    ['the same', updated({}), []],
    ['an action more', updated({ Action: ['s3:GetObject', 's3:PutObject'] }), ['look permits-more']],
    ['a wildcard', updated({ Action: 's3:*' }), ['look permits-more']],
    ['everything', updated({ Action: '*', Resource: '*' }), ['stop permits-more']],
    ['the passing on of roles', updated({ Action: 'iam:PassRole', Resource: '*' }), ['stop permits-more']],
    [
      'everything but',
      changeOf('aws_iam_policy.p', undefined, {
        policy: JSON.stringify({ Statement: { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' } }),
      }),
      ['stop permits-more'],
    ],
    ['something small and new', changeOf('aws_iam_policy.p', undefined, was), ['note permits-more']],
    ['anyone', updated({ Principal: '*' }, 'aws_s3_bucket_policy'), ['stop permits-more']],
    [
      'anyone, on a condition',
      updated({ Principal: '*', Condition: { Bool: { a: 'true' } } }, 'aws_s3_bucket_policy'),
      ['look permits-more'],
    ],
    [
      'what is not known yet',
      changeOf('aws_iam_policy.p', was, { policy: '(known after apply)' }),
      ['look permits-more'],
    ],
    ['what is kept back', changeOf('aws_iam_policy.p', was, { policy: 'hidden-1' }), ['look permits-more']],
    [
      'what nobody wrote',
      changeOf('aws_iam_role.p', undefined, { inline_policy: '(known after apply)' }, { written: {} }),
      [],
    ],
    ['an identity that goes', changeOf('aws_iam_policy.p', { policy: policy({ Effect: 'Deny' }) }, undefined), []],
    [
      'a denial that goes with its resource',
      changeOf('aws_s3_bucket_policy.p', { policy: policy({ Effect: 'Deny', Principal: '*' }) }, undefined),
      ['look permits-more'],
    ],
    [
      'an administrator',
      changeOf('aws_iam_role_policy_attachment.p', undefined, {
        policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        role: 'r',
      }),
      ['stop permits-more'],
    ],
    [
      'a managed policy',
      changeOf('aws_iam_role_policy_attachment.p', undefined, { policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
      ['note permits-more'],
    ],
    [
      'a managed policy of the role itself',
      changeOf('aws_iam_role.p', {}, { managed_policy_arns: ['arn:aws:iam::aws:policy/AmazonS3FullAccess'] }),
      ['look permits-more'],
    ],
    ['a boundary that goes', changeOf('aws_iam_role.p', { permissions_boundary: 'arn:b' }, {}), ['look permits-more']],
    [
      'a function for anyone',
      changeOf('aws_lambda_permission.p', undefined, { principal: '*', action: 'lambda:InvokeFunction' }),
      ['stop permits-more'],
    ],
    [
      'inline policies',
      changeOf('aws_iam_role.p', {}, { inline_policy: [{ policy: policy({}) }] }),
      ['look permits-more'],
    ],
  ])('%s', (_, change, expected) => {
    expect(kindsOf(policyFindings([change]))).toEqual(expected);
  });

  it('says what, on what, to whom and on which condition', () => {
    const [finding] = policyFindings([
      updated({ Principal: { AWS: 'arn:b' }, Condition: { Bool: { a: 'true' } } }, 'aws_sqs_queue_policy'),
    ]);
    expect(finding?.reading).toBe('arn:b may newly do s3:GetObject on arn:a, if a is true');
  });

  it('has one line, and all of it in the details', () => {
    const Statement = ['a', 'b'].map((name) => ({
      Effect: 'Allow',
      Action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject', `${name}:*`],
      Resource: `arn:aws:s3:::${name}`,
    }));
    const [finding] = policyFindings([
      changeOf('aws_iam_role_policy.p', undefined, { role: 'worker', policy: JSON.stringify({ Statement }) }),
    ]);
    expect(finding?.reading).toBe(
      'role worker may newly do a:*, s3:GetObject, s3:ListBucket and 1 more on s3:a; and 1 other grant',
    );
    expect(finding?.details).toEqual([
      'role worker may newly do a:*, s3:GetObject, s3:ListBucket, s3:PutObject on s3:a',
      'role worker may newly do b:*, s3:GetObject, s3:ListBucket, s3:PutObject on s3:b',
    ]);
  });

  const ISSUER = 'token.actions.githubusercontent.com';
  const trust = (Condition?: object): string =>
    JSON.stringify({
      Statement: {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: `arn:aws:iam::222222222222:oidc-provider/${ISSUER}` },
        ...(Condition && { Condition }),
      },
    });
  const sub = (value: string): object => ({ [`${ISSUER}:sub`]: value });
  const ref = (value: string): object => ({ [`${ISSUER}:ref`]: value });
  const trusted = (before: object, after?: object) =>
    policyFindings([
      changeOf('aws_iam_role.r', { assume_role_policy: trust(before) }, { assume_role_policy: trust(after) }),
    ]);
  const only = { StringEquals: { ...sub('repo:a/b:environment:c'), ...ref('refs/heads/main') } };

  it.each<[string, object | undefined, readonly string[]]>([
    ['any branch', { StringEquals: sub('repo:a/b:environment:c'), StringLike: ref('*') }, ['look permits-more']],
    ['the repository', { StringLike: sub('repo:a/b:*') }, ['look permits-more']],
    ['every repository', { StringLike: sub('repo:*') }, ['stop permits-more']],
    ['an audience alone', { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } }, ['stop permits-more']],
    ['no condition', undefined, ['stop permits-more']],
    ['one more', { StringEquals: { ...only.StringEquals, [`${ISSUER}:actor`]: 'd' } }, []],
  ])('judges a role for the tokens of everybody by whose it asks for: %s', (_case, after, expected) => {
    expect(kindsOf(trusted(only, after))).toEqual(expected);
  });

  it('says which condition goes', () => {
    const [finding] = trusted(only, { StringEquals: sub('repo:a/b:environment:c'), StringLike: ref('*') });
    expect(finding?.reading).toBe(
      `who has a token of ${ISSUER} may newly take the role, if sub is repo:a/b:environment:c and ref is like *; no longer only if ref is refs/heads/main`,
    );
  });
});
