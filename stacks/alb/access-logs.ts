import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket/index.js';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration/index.js';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls/index.js';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy/index.js';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block/index.js';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration/index.js';
import { type ITerraformDependable } from 'cdktf';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { policyDocument } from '../iam/policy-document.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';
import { protect } from '../protect.ts';

/** A bucket that the load balancer may write to. */
export interface AccessLogs {
  readonly bucketName: string;
  /** What has to be there before the load balancer: it writes a test object when logging is switched on. */
  readonly ready: readonly ITerraformDependable[];
}

const ID = 'access_logs';

/** The bucket of the load balancer's access logs; none where the environment has none. */
export function accessLogs(stack: GatehouseStack): AccessLogs | undefined {
  const { environment } = stack;
  const { name, account, region, deletionProtection } = environment;
  const retentionDays = environment.loadBalancer.accessLogs?.retentionDays;
  if (retentionDays === undefined) return undefined;

  const bucket = new S3Bucket(stack, ID, {
    bucket: `${nameOf(name, 'accessLogBucket')}-${account}`,
    forceDestroy: !deletionProtection,
    ...protect(environment),
  });
  const isPrivate = new S3BucketPublicAccessBlock(stack, 'access-logs-private', {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  pin(isPrivate, ID);
  pin(
    new S3BucketOwnershipControls(stack, 'access-logs-ownership', {
      bucket: bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    }),
    ID,
  );
  pin(
    new S3BucketServerSideEncryptionConfigurationA(stack, 'access-logs-encryption', {
      bucket: bucket.id,
      // The one kind of encryption that access logs know (enable-access-logging, "Bucket requirements").
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    }),
    ID,
  );
  pin(
    new S3BucketLifecycleConfiguration(stack, 'access-logs-lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{ prefix: '' }],
          expiration: [{ days: retentionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    }),
    ID,
  );
  const policy = new S3BucketPolicy(stack, 'access-logs-policy', {
    bucket: bucket.id,
    policy: bucketPolicy({ bucketArn: bucket.arn, account, region }),
    // S3 refuses two changes of a bucket's access at the same time.
    dependsOn: [isPrivate],
  });
  pin(policy, ID);
  return { bucketName: bucket.id, ready: [policy] };
}

/**
 * Who may do what with the bucket: the log delivery of Elastic Load Balancing writes, for load balancers of this
 * account; nobody does anything without TLS (enable-access-logging, "Attach a policy to your S3 bucket").
 */
export function bucketPolicy({
  bucketArn,
  account,
  region,
}: Readonly<Record<'bucketArn' | 'account' | 'region', string>>): string {
  return policyDocument(
    {
      Sid: 'WriteAccessLogs',
      Effect: 'Allow',
      Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: `${bucketArn}/AWSLogs/${account}/*`,
      Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/*` } },
    },
    {
      Sid: 'RefusePlainHttp',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  );
}
