import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, ListTopicsCommand } from '@aws-sdk/client-sns';

import { isTlsOnly } from '../../bootstrap/tls-only.ts';
import { type Applied, type Check, unless, unlessSame } from '../check.ts';
import { blocksOf, textOf } from '../described.ts';

/** A bucket is closed, encrypted, reachable over TLS alone, and empties itself when it should. */
export const buckets: Check = async (applied) => {
  const names = applied.described.all('aws_s3_bucket').map((bucket) => textOf(bucket, 'bucket'));
  return (await Promise.all(names.map((name) => bucket(name, applied)))).flat();
};

async function bucket(Bucket: string, { clients: { s3 }, described }: Applied): Promise<readonly string[]> {
  const at = { Bucket };
  const { PublicAccessBlockConfiguration: block } = await s3.send(new GetPublicAccessBlockCommand(at));
  const { ServerSideEncryptionConfiguration } = await s3.send(new GetBucketEncryptionCommand(at));
  const { OwnershipControls } = await s3.send(new GetBucketOwnershipControlsCommand(at));
  const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand(at));
  const { Policy = '' } = await s3.send(new GetBucketPolicyCommand(at));
  const [described_] = described.all('aws_s3_bucket_lifecycle_configuration');
  const days = blocksOf(blocksOf(described_?.body ?? {}, 'rule')[0] ?? {}, 'expiration')[0]?.['days'];
  const algorithm = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
  return [
    ...unless(
      [block?.BlockPublicAcls, block?.BlockPublicPolicy, block?.IgnorePublicAcls, block?.RestrictPublicBuckets].every(
        (isOn) => isOn === true,
      ),
      `${Bucket} is not closed to the public in all four ways.`,
    ),
    ...unless(algorithm !== undefined, `${Bucket} is not encrypted.`),
    ...unlessSame(
      `The owner of objects in ${Bucket}`,
      OwnershipControls?.Rules?.[0]?.ObjectOwnership,
      'BucketOwnerEnforced',
    ),
    ...unless(isTlsOnly(Policy, Bucket), `${Bucket} can be reached without TLS.`),
    ...unlessSame(`The days that ${Bucket} keeps its objects`, Rules?.[0]?.Expiration?.Days, days),
  ];
}

/** Logs are kept as long as is said, and no longer. */
export const logGroups: Check = async ({ clients, described }) => {
  const { logGroups: groups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({}));
  return described.all('aws_cloudwatch_log_group').flatMap((group) => {
    const name = textOf(group, 'name');
    const found = groups.find(({ logGroupName }) => logGroupName === name);
    return unlessSame(`The days of ${name}`, found?.retentionInDays, group.body['retention_in_days']);
  });
};

/** Whoever should hear of trouble does: every alarm is there and tells the topic, and the topic writes to them. */
export const alarms: Check = async ({ clients, described }) => {
  const wanted = described.all('aws_cloudwatch_metric_alarm').map((alarm) => textOf(alarm, 'alarm_name'));
  const topics = described.all('aws_sns_topic').map((topic) => textOf(topic, 'name'));
  const { MetricAlarms = [] } = await clients.alarms.send(new DescribeAlarmsCommand({ AlarmNames: wanted }));
  const { Topics = [] } = await clients.topics.send(new ListTopicsCommand({}));
  const arns = Topics.flatMap(({ TopicArn = '' }) =>
    topics.some((name) => TopicArn.endsWith(`:${name}`)) ? [TopicArn] : [],
  );
  const listeners = await Promise.all(
    arns.map(async (TopicArn) => {
      const { Subscriptions = [] } = await clients.topics.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
      return Subscriptions.map(({ Endpoint = '' }) => Endpoint);
    }),
  );
  const emails = described.all('aws_sns_topic_subscription').map((subscription) => textOf(subscription, 'endpoint'));
  return [
    ...unlessSame('The list of alarms', MetricAlarms.map(({ AlarmName }) => AlarmName).sort(), [...wanted].sort()),
    ...MetricAlarms.flatMap(({ AlarmName, AlarmActions, ActionsEnabled }) => [
      ...unlessSame(`Whom ${AlarmName} tells`, AlarmActions, arns),
      ...unless(ActionsEnabled !== false, `${AlarmName} is switched off.`),
    ]),
    ...unlessSame('Who is written to', listeners.flat().sort(), [...emails].sort()),
  ];
};
