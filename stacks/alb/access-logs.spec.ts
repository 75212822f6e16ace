import { describe, expect, it } from '@jest/globals';

import { bucketPolicy } from './access-logs.ts';

describe('bucketPolicy', () => {
  const { Statement: statements } = JSON.parse(
    bucketPolicy({ bucketArn: 'arn:aws:s3:::logs', account: '111111111111', region: 'eu-west-1' }),
  ) as { Statement: readonly Record<string, unknown>[] };

  it('lets the log delivery write for load balancers of this account and region, and into its folder', () => {
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual([
      {
        Sid: 'WriteAccessLogs',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: 'arn:aws:s3:::logs/AWSLogs/111111111111/*',
        Condition: {
          ArnLike: { 'aws:SourceArn': 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/*' },
        },
      },
    ]);
  });

  it('refuses everybody without TLS', () => {
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });
});
