import { describe, expect, it } from '@jest/globals';

import { isTlsOnly, tlsOnly } from './tls-only.ts';

const own = tlsOnly('states');
const policy = (...Statement: readonly object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });

describe('isTlsOnly', () => {
  it.each([
    ['our own', policy(own)],
    ['one among others', policy({ Effect: 'Allow', Principal: '*', Action: 's3:Get*', Resource: '*' }, own)],
    ['a single statement', JSON.stringify({ Statement: own })],
    ['another spelling', policy({ ...own, Principal: { AWS: '*' }, Action: ['*'], Resource: '*' })],
  ])('takes %s', (_case, text) => {
    expect(isTlsOnly(text, 'states')).toBe(true);
  });

  it.each([
    ['none', policy()],
    ['what allows', policy({ ...own, Effect: 'Allow' })],
    ['what is about some', policy({ ...own, Principal: { AWS: 'arn:aws:iam::222222222222:root' } })],
    ['what is about some actions', policy({ ...own, Action: 's3:PutObject' })],
    ['what is about the bucket alone', policy({ ...own, Resource: 'arn:aws:s3:::states' })],
    ['what is about another bucket', policy(tlsOnly('others'))],
    ['what refuses TLS', policy({ ...own, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
    [
      'what has another condition too',
      policy({
        ...own,
        Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:PrincipalTag/x': 'y' } },
      }),
    ],
    ['what excepts somebody', policy({ ...own, Principal: undefined, NotPrincipal: { AWS: 'x' } })],
    ['what is no policy', 'aws:SecureTransport'],
  ])('does not take %s', (_case, text) => {
    expect(isTlsOnly(text, 'states')).toBe(false);
  });
});
