import { ListCertificatesCommand } from '@aws-sdk/client-acm';
import {
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import { DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { DescribeClustersCommand, ListClustersCommand, ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs';
import { DescribeLoadBalancersCommand, DescribeTargetGroupsCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { ListOpenIDConnectProvidersCommand, ListPoliciesCommand, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListHostedZonesCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ListTopicsCommand } from '@aws-sdk/client-sns';
import { ListWebACLsCommand } from '@aws-sdk/client-wafv2';

import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { keysIn } from '../../simulated-aws/keys.ts';
import { type ExpectedAccount } from './account.ts';
import { type Clients } from './clients.ts';

const stateSchema = z.object({ resources: z.array(z.object({ mode: z.string() })).default([]) });

type Names = readonly (string | undefined)[];

/** Lists what an account has of a kind. */
type Listing = (clients: Clients, account: ExpectedAccount) => Promise<Names>;

/**
 * Every kind of thing that the stacks make, in an account in which there was none before. What AWS still shows for a
 * while as deleted is gone: NAT gateways, endpoints, services and clusters.
 */
const LISTINGS: Readonly<Record<string, Listing>> = {
  VPC: async ({ ec2 }) =>
    (await ec2.send(new DescribeVpcsCommand({ Filters: [{ Name: 'is-default', Values: ['false'] }] }))).Vpcs?.map(
      ({ VpcId }) => VpcId,
    ) ?? [],
  'security group': async ({ ec2 }) =>
    (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.map(({ GroupName }) => GroupName).filter(
      (name) => name !== 'default',
    ) ?? [],
  'NAT gateway': async ({ ec2 }) =>
    (await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways?.filter(({ State }) => State !== 'deleted').map(
      ({ NatGatewayId }) => NatGatewayId,
    ) ?? [],
  address: async ({ ec2 }) =>
    (await ec2.send(new DescribeAddressesCommand({}))).Addresses?.map(({ PublicIp }) => PublicIp) ?? [],
  'internet gateway': async ({ ec2 }) =>
    (await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways?.map(
      ({ InternetGatewayId }) => InternetGatewayId,
    ) ?? [],
  endpoint: async ({ ec2 }) =>
    (await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints?.filter(
      ({ State }) => !/^deleted$/i.test(State ?? ''),
    ).map(({ VpcEndpointId }) => VpcEndpointId) ?? [],
  'flow log': async ({ ec2 }) =>
    (await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs?.map(({ FlowLogId }) => FlowLogId) ?? [],
  'load balancer': async ({ balancers }) =>
    (await balancers.send(new DescribeLoadBalancersCommand({}))).LoadBalancers?.map(
      ({ LoadBalancerName }) => LoadBalancerName,
    ) ?? [],
  'target group': async ({ balancers }) =>
    (await balancers.send(new DescribeTargetGroupsCommand({}))).TargetGroups?.map(
      ({ TargetGroupName }) => TargetGroupName,
    ) ?? [],
  'web ACL': async ({ firewall }) =>
    (await firewall.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }))).WebACLs?.map(({ Name }) => Name) ?? [],
  certificate: async ({ acm }) =>
    (await acm.send(new ListCertificatesCommand({}))).CertificateSummaryList?.map(({ DomainName }) => DomainName) ?? [],
  record: async (clients) => recordsOf(clients),
  'user pool': async ({ pools }) =>
    (await pools.send(new ListUserPoolsCommand({ MaxResults: 60 }))).UserPools?.map(({ Name }) => Name) ?? [],
  repository: async ({ images }) =>
    (await images.send(new DescribeRepositoriesCommand({}))).repositories?.map(
      ({ repositoryName }) => repositoryName,
    ) ?? [],
  cluster: async ({ ecs }) => {
    const { clusterArns: clusters = [] } = await ecs.send(new ListClustersCommand({}));
    if (clusters.length === 0) return [];
    const { clusters: found = [] } = await ecs.send(new DescribeClustersCommand({ clusters }));
    return found.filter(({ status }) => status !== 'INACTIVE').map(({ clusterName }) => clusterName);
  },
  'task definition': async ({ ecs }) =>
    (await ecs.send(new ListTaskDefinitionsCommand({ status: 'ACTIVE' }))).taskDefinitionArns ?? [],
  'scalable target': async ({ scaling }) =>
    (await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' }))).ScalableTargets?.map(
      ({ ResourceId }) => ResourceId,
    ) ?? [],
  'scaling policy': async ({ scaling }) =>
    (await scaling.send(new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }))).ScalingPolicies?.map(
      ({ PolicyName }) => PolicyName,
    ) ?? [],
  role: async ({ iam }) => (await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName) ?? [],
  policy: async ({ iam }) =>
    (await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies?.map(({ PolicyName }) => PolicyName) ?? [],
  'identity provider': async ({ iam }) =>
    (await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList?.map(({ Arn }) => Arn) ?? [],
  key: async (_clients, { region }) => (await keysIn(region)).map(({ id }) => id),
  'log group': async ({ logs }) =>
    (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map(({ logGroupName }) => logGroupName) ?? [],
  alarm: async ({ alarms }) =>
    (await alarms.send(new DescribeAlarmsCommand({}))).MetricAlarms?.map(({ AlarmName }) => AlarmName) ?? [],
  dashboard: async ({ alarms }) =>
    (await alarms.send(new ListDashboardsCommand({}))).DashboardEntries?.map(({ DashboardName }) => DashboardName) ??
    [],
  topic: async ({ topics }) =>
    (await topics.send(new ListTopicsCommand({}))).Topics?.map(({ TopicArn }) => TopicArn) ?? [],
  bucket: async ({ s3 }, { bucket }) =>
    (await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name).filter((name) => name !== bucket) ??
    [],
  'state with something in it': async (clients, account) => statesOf(clients, account),
};

/**
 * What is left of a kind, each with its name. The bucket of the states and the hosted zone were there before, and stay.
 */
export async function remains(clients: Clients, account: ExpectedAccount): Promise<readonly string[]> {
  const found = await Promise.all(
    Object.entries(LISTINGS).map(async ([kind, list]) =>
      (await list(clients, account)).map((name) => `${kind} ${name ?? 'without a name'}`),
    ),
  );
  return found.flat();
}

/** @throws {InfraError} `REHEARSAL_FAILED` where something is left */
export async function requireNothing(clients: Clients, account: ExpectedAccount): Promise<void> {
  const left = await remains(clients, account);
  if (left.length === 0) return;
  throw new InfraError(
    'REHEARSAL_FAILED',
    `Everything is destroyed, and still there: ${left.join(', ')}. Somebody would pay for it, or could use it.`,
  );
}

/** All but what every zone has. */
async function recordsOf({ names }: Clients): Promise<Names> {
  const { HostedZones = [] } = await names.send(new ListHostedZonesCommand({}));
  const records = await Promise.all(
    HostedZones.map(async ({ Id: HostedZoneId }) => {
      const { ResourceRecordSets = [] } = await names.send(new ListResourceRecordSetsCommand({ HostedZoneId }));
      return ResourceRecordSets.filter(({ Type }) => Type !== 'NS' && Type !== 'SOA').map(
        ({ Name, Type }) => `${Type} ${Name}`,
      );
    }),
  );
  return records.flat();
}

/** States in which there is a resource, and locks. */
async function statesOf({ s3 }: Clients, { bucket: Bucket }: ExpectedAccount): Promise<Names> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const states = await Promise.all(
    Contents.map(async ({ Key = '' }) => {
      if (Key.endsWith('.tflock')) return [Key];
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const { resources } = stateSchema.parse(JSON.parse((await Body?.transformToString()) ?? ''));
      return resources.some(({ mode }) => mode === 'managed') ? [Key] : [];
    }),
  );
  return states.flat();
}
