import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm/index.js';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic/index.js';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy/index.js';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { policyDocument } from '../iam/policy-document.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';
import { type Dimensions, NAMESPACE, watched } from './metrics.ts';

/** More failed logins of a hundred than this is an attack, or a login that does not work. */
const FAILED_LOGIN_PERCENT = 20;
/** Fewer in five minutes say nothing. */
const FEWEST_LOGINS = 20;

/** Alarms about the load balancer and what is behind it, and the topic that they write to. */
export function alarms(
  stack: GatehouseStack,
  dimensions: Dimensions,
  { emails, latencySeconds }: { readonly emails: readonly string[]; readonly latencySeconds: number },
): void {
  const { name } = stack.environment;
  const topic = alarmTopic(stack, emails);
  const common = (id: string) => ({
    alarmName: `${nameOf(name, 'alarm')}-${id.replaceAll('_', '-')}`,
    comparisonOperator: 'GreaterThanThreshold',
    // Most of these are written only when they happen: no data is no trouble.
    treatMissingData: 'notBreaching',
    alarmActions: [topic.arn],
    okActions: [topic.arn],
  });
  const loadBalancer = { LoadBalancer: dimensions.loadBalancer };

  for (const alarm of watched(latencySeconds)) {
    new CloudwatchMetricAlarm(stack, alarm.id, {
      ...common(alarm.id),
      alarmDescription: alarm.meaning,
      namespace: NAMESPACE,
      metricName: alarm.metric,
      dimensions: alarm.ofTargets ? { ...loadBalancer, TargetGroup: dimensions.targetGroup } : loadBalancer,
      ...(alarm.statistic === 'p99' ? { extendedStatistic: 'p99' } : { statistic: alarm.statistic }),
      threshold: alarm.threshold,
      period: alarm.periodSeconds,
      evaluationPeriods: alarm.periods,
    });
  }

  const counted = (id: string, metricName: string) => ({
    id,
    metric: { namespace: NAMESPACE, metricName, dimensions: loadBalancer, stat: 'Sum', period: 300 },
  });
  const id = 'auth_failure_rate';
  new CloudwatchMetricAlarm(stack, id, {
    ...common(id),
    alarmDescription:
      `More than ${FAILED_LOGIN_PERCENT} of 100 logins failed: error_reason in the access logs says why ` +
      '(AuthInvalidStateParam and AuthInvalidCookie in numbers are somebody trying).',
    threshold: FAILED_LOGIN_PERCENT,
    evaluationPeriods: 2,
    metricQuery: [
      {
        id: 'rate',
        label: 'Failed logins, percent',
        expression: `IF(FILL(failed, 0) + FILL(succeeded, 0) < ${FEWEST_LOGINS}, 0, 100 * FILL(failed, 0) / (FILL(failed, 0) + FILL(succeeded, 0)))`,
        returnData: true,
      },
      counted('failed', 'ELBAuthFailure'),
      counted('succeeded', 'ELBAuthSuccess'),
    ],
  });
}

function alarmTopic(stack: GatehouseStack, emails: readonly string[]): SnsTopic {
  const { name, account, region } = stack.environment;
  // Not encrypted with AWS's own key for SNS, which CloudWatch may not use; alarms carry no data of people.
  const topic = pin(new SnsTopic(stack, 'alarm-topic', { name: nameOf(name, 'alarmTopic') }), 'alarms');
  pin(
    new SnsTopicPolicy(stack, 'alarm-topic-policy', {
      arn: topic.arn,
      policy: policyDocument({
        Sid: 'AlarmsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: topic.arn,
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    }),
    'alarms',
  );
  for (const email of emails) {
    const subscription = new SnsTopicSubscription(stack, `alarms-to-${email}`, {
      topicArn: topic.arn,
      protocol: 'email',
      endpoint: email,
    });
    pin(subscription, `to_${email.replaceAll(/[^A-Za-z0-9-]/g, '_')}`);
  }
  return topic;
}
