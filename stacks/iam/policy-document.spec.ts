import { describe, expect, it } from '@jest/globals';

import { policyDocument } from './policy-document.ts';

describe('policyDocument', () => {
  it('is of the version that knows policy variables, with the statements in order', () => {
    const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '${aws_s3_bucket.x.arn}/*' } as const;
    const deny = { Effect: 'Deny', Action: 's3:*', Principal: '*' } as const;
    expect(JSON.parse(policyDocument(allow, deny))).toEqual({ Version: '2012-10-17', Statement: [allow, deny] });
  });
});
