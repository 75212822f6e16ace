import { DeleteAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';

import { textOf } from '../described.ts';
import { type Changes } from '../changes.ts';

/** What is kept: images that change, logs that are open, or gone by tomorrow, and nobody who is told. */
export const storedChanges: Changes = ({ images, s3, logs, alarms }, described) => {
  const changed = { change: 'changed' } as const;
  const repository = described.one('aws_ecr_repository');
  return Promise.resolve([
    {
      ...changed,
      check: 'images',
      address: repository.address,
      what: 'a tag can be moved to another image',
      make: () => {
        const repositoryName = textOf(repository, 'name');
        return images.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'MUTABLE' }));
      },
    },
    ...described.all('aws_cloudwatch_log_group').map((group) => ({
      ...changed,
      check: 'log groups',
      address: group.address,
      what: `${textOf(group, 'name')} is kept for a day`,
      make: () => logs.send(new PutRetentionPolicyCommand({ logGroupName: textOf(group, 'name'), retentionInDays: 1 })),
    })),
    ...described.all('aws_s3_bucket').map((bucket) => ({
      ...changed,
      check: 'buckets',
      // The bucket itself is as it was: what closes it is a resource of its own, of the same name.
      address: bucket.address.replace('aws_s3_bucket.', 'aws_s3_bucket_public_access_block.'),
      what: `${textOf(bucket, 'bucket')} can be opened to the public`,
      make: () =>
        s3.send(
          new PutPublicAccessBlockCommand({
            Bucket: textOf(bucket, 'bucket'),
            PublicAccessBlockConfiguration: { BlockPublicPolicy: false, RestrictPublicBuckets: false },
          }),
        ),
    })),
    ...described
      .all('aws_cloudwatch_metric_alarm')
      .slice(0, 1)
      .map((alarm) => ({
        change: 'deleted' as const,
        check: 'alarms',
        address: alarm.address,
        what: `${textOf(alarm, 'alarm_name')} is gone`,
        make: () => alarms.send(new DeleteAlarmsCommand({ AlarmNames: [textOf(alarm, 'alarm_name')] })),
      })),
  ]);
};
