import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group/index.js';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log/index.js';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role/index.js';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy/index.js';

import { type GatehouseStack } from '../gatehouse-stack.ts';
import { policyDocument } from '../iam/policy-document.ts';
import { nameOf } from '../names.ts';
import { pin } from '../pin.ts';
import { protect } from '../protect.ts';

/** Notes every connection of the VPC, let through or not, and nothing of what it carried. */
export function keepFlowLogs(stack: GatehouseStack, vpcId: string): void {
  const { name, account, region, network } = stack.environment;
  const group = pin(
    new CloudwatchLogGroup(stack, 'flow-log-group', {
      name: nameOf(name, 'flowLogGroup'),
      retentionInDays: network.flowLogRetentionDays,
      ...protect(stack.environment),
    }),
    'flow',
  );
  const role = pin(
    new IamRole(stack, 'flow-log-role', {
      name: nameOf(name, 'flowLogRole'),
      // Amazon VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs", with its confused-deputy keys.
      assumeRolePolicy: policyDocument({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:aws:ec2:${region}:${account}:vpc-flow-log/*` },
        },
      }),
    }),
    'flow',
  );
  const policy = pin(
    new IamRolePolicy(stack, 'flow-log-policy', {
      name: 'write-flow-logs',
      role: role.name,
      policy: policyDocument(
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
          Resource: `${group.arn}:*`,
        },
        // Lists groups by name, so it knows no resource narrower than all of them (service authorization reference).
        {
          Effect: 'Allow',
          Action: 'logs:DescribeLogGroups',
          Resource: `arn:aws:logs:${region}:${account}:log-group:*`,
        },
      ),
    }),
    'flow',
  );
  pin(
    new FlowLog(stack, 'flow-log', {
      vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
      tags: { Name: nameOf(name, 'vpc') },
      dependsOn: [policy],
    }),
    'vpc',
  );
}
