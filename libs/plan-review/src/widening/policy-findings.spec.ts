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
    expect(finding?.reading).toBe('policy newly permits s3:GetObject on arn:a to AWS:arn:b if {"Bool":{"a":"true"}}');
  });
});
