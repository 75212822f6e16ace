import { DescribeCertificateCommand, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeAlarmsCommand, ListDashboardsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeUserPoolCommand,
  ListGroupsCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  DescribeAddressesCommand,
  DescribeFlowLogsCommand,
  DescribeInternetGatewaysCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
} from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { ListClustersCommand, ListServicesCommand, ListTaskDefinitionsCommand } from '@aws-sdk/client-ecs';
import {
  DescribeListenersCommand,
  DescribeLoadBalancersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ListOpenIDConnectProvidersCommand,
  ListPoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
} from '@aws-sdk/client-iam';
import { ListHostedZonesCommand, ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { ListSubscriptionsCommand, ListTopicsCommand } from '@aws-sdk/client-sns';
import { ListWebACLsCommand } from '@aws-sdk/client-wafv2';

import { keysIn } from '../../../simulated-aws/keys.ts';
import { type Clients } from '../../rehearse/clients.ts';

type Ids = readonly (string | undefined)[];

/**
 * By type: the ids that Terraform would know of all that there is. What AWS makes by itself beside another thing (the
 * main route table of a VPC, its default security group, the default rule of a listener, the alarms of a scaling policy) is left out.
 */
export const INVENTORY: Readonly<Record<string, (clients: Clients) => Promise<Ids>>> = {
  aws_acm_certificate: async ({ acm }) => {
    const { CertificateSummaryList: all = [] } = await acm.send(new ListCertificatesCommand({}));
    return Promise.all(
      all.map(
        async ({ CertificateArn }) =>
          (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate?.CertificateArn,
      ),
    );
  },
  aws_cloudwatch_dashboard: async ({ alarms }) =>
    (await alarms.send(new ListDashboardsCommand({}))).DashboardEntries?.map(({ DashboardName }) => DashboardName) ??
    [],
  aws_cloudwatch_log_group: async ({ logs }) =>
    (await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.map(({ logGroupName }) => logGroupName) ?? [],
  aws_cloudwatch_metric_alarm: async ({ alarms }) =>
    (await alarms.send(new DescribeAlarmsCommand({}))).MetricAlarms?.map(({ AlarmName }) => AlarmName).filter(
      (name) => name?.startsWith('TargetTracking-') !== true,
    ) ?? [],
  aws_cognito_user_group: (clients) =>
    ofPools(clients, async (UserPoolId) =>
      ((await clients.pools.send(new ListGroupsCommand({ UserPoolId }))).Groups ?? []).map(
        ({ GroupName }) => `${UserPoolId}/${GroupName}`,
      ),
    ),
  aws_cognito_user_pool: (clients) => ofPools(clients, (id) => Promise.resolve([id])),
  aws_cognito_user_pool_client: (clients) =>
    ofPools(clients, async (UserPoolId) =>
      ((await clients.pools.send(new ListUserPoolClientsCommand({ UserPoolId }))).UserPoolClients ?? []).map(
        ({ ClientId }) => ClientId,
      ),
    ),
  aws_cognito_user_pool_domain: (clients) =>
    ofPools(clients, async (UserPoolId) => {
      const { UserPool } = await clients.pools.send(new DescribeUserPoolCommand({ UserPoolId }));
      return [UserPool?.Domain, UserPool?.CustomDomain].filter((domain) => domain !== undefined);
    }),
  aws_ecr_repository: async ({ images }) =>
    (await images.send(new DescribeRepositoriesCommand({}))).repositories?.map(
      ({ repositoryName }) => repositoryName,
    ) ?? [],
  aws_ecs_cluster: async ({ ecs }) => (await ecs.send(new ListClustersCommand({}))).clusterArns ?? [],
  aws_ecs_service: async ({ ecs }) => {
    const { clusterArns = [] } = await ecs.send(new ListClustersCommand({}));
    const all = clusterArns.map(async (cluster) => (await ecs.send(new ListServicesCommand({ cluster }))).serviceArns);
    return (await Promise.all(all)).flatMap((arns) => arns ?? []);
  },
  aws_ecs_task_definition: async ({ ecs }) =>
    (await ecs.send(new ListTaskDefinitionsCommand({ status: 'ACTIVE' }))).taskDefinitionArns ?? [],
  aws_eip: async ({ ec2 }) =>
    (await ec2.send(new DescribeAddressesCommand({}))).Addresses?.map(({ AllocationId }) => AllocationId) ?? [],
  aws_flow_log: async ({ ec2 }) =>
    (await ec2.send(new DescribeFlowLogsCommand({}))).FlowLogs?.map(({ FlowLogId }) => FlowLogId) ?? [],
  aws_iam_openid_connect_provider: async ({ iam }) =>
    (await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList?.map(({ Arn }) => Arn) ?? [],
  aws_iam_policy: async ({ iam }) =>
    (await iam.send(new ListPoliciesCommand({ Scope: 'Local' }))).Policies?.map(({ Arn }) => Arn) ?? [],
  aws_kms_alias: async ({ iam }) => (await keysIn(await iam.config.region())).flatMap(({ aliases }) => aliases),
  aws_kms_key: async ({ iam }) => (await keysIn(await iam.config.region())).map(({ id }) => id),
  aws_iam_role: async ({ iam }) =>
    (await iam.send(new ListRolesCommand({}))).Roles?.map(({ RoleName }) => RoleName) ?? [],
  aws_iam_role_policy: async ({ iam }) => {
    const { Roles = [] } = await iam.send(new ListRolesCommand({}));
    const all = Roles.map(async ({ RoleName }) =>
      ((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames ?? []).map(
        (policy) => `${RoleName}:${policy}`,
      ),
    );
    return (await Promise.all(all)).flat();
  },
  aws_internet_gateway: async ({ ec2 }) =>
    (await ec2.send(new DescribeInternetGatewaysCommand({}))).InternetGateways?.map((each) => each.InternetGatewayId) ??
    [],
  aws_lb: async ({ balancers }) =>
    (await balancers.send(new DescribeLoadBalancersCommand({}))).LoadBalancers?.map((each) => each.LoadBalancerArn) ??
    [],
  aws_lb_listener: async (clients) => listeners(clients),
  aws_lb_listener_rule: async (clients) => {
    const all = (await listeners(clients)).map(async (ListenerArn) =>
      ((await clients.balancers.send(new DescribeRulesCommand({ ListenerArn }))).Rules ?? [])
        .filter(({ IsDefault }) => IsDefault !== true)
        .map(({ RuleArn }) => RuleArn),
    );
    return (await Promise.all(all)).flat();
  },
  aws_lb_target_group: async ({ balancers }) =>
    (await balancers.send(new DescribeTargetGroupsCommand({}))).TargetGroups?.map((each) => each.TargetGroupArn) ?? [],
  aws_nat_gateway: async ({ ec2 }) =>
    (await ec2.send(new DescribeNatGatewaysCommand({}))).NatGateways?.filter(({ State }) => State !== 'deleted').map(
      ({ NatGatewayId }) => NatGatewayId,
    ) ?? [],
  aws_route53_record: async ({ names }) => {
    const { HostedZones = [] } = await names.send(new ListHostedZonesCommand({}));
    const all = HostedZones.map(async ({ Id = '' }) => {
      const { ResourceRecordSets = [] } = await names.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }));
      return ResourceRecordSets.filter(({ Type }) => Type !== 'NS' && Type !== 'SOA').map(
        ({ Name = '', Type }) => `${Id.replace('/hostedzone/', '')}_${Name.replace(/\.$/, '')}_${Type}`,
      );
    });
    return (await Promise.all(all)).flat();
  },
  aws_route_table: async ({ ec2 }) =>
    (await ec2.send(new DescribeRouteTablesCommand({}))).RouteTables?.filter(
      ({ Associations = [] }) => !Associations.some(({ Main }) => Main),
    ).map(({ RouteTableId }) => RouteTableId) ?? [],
  aws_s3_bucket: async ({ s3 }) => (await s3.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name) ?? [],
  aws_security_group: async ({ ec2 }) =>
    (await ec2.send(new DescribeSecurityGroupsCommand({}))).SecurityGroups?.filter(
      ({ GroupName }) => GroupName !== 'default',
    ).map(({ GroupId }) => GroupId) ?? [],
  aws_sns_topic: async ({ topics }) =>
    (await topics.send(new ListTopicsCommand({}))).Topics?.map(({ TopicArn }) => TopicArn) ?? [],
  aws_sns_topic_subscription: async ({ topics }) =>
    (await topics.send(new ListSubscriptionsCommand({}))).Subscriptions?.map((each) => each.SubscriptionArn) ?? [],
  aws_subnet: async ({ ec2 }) =>
    (await ec2.send(new DescribeSubnetsCommand({}))).Subnets?.map(({ SubnetId }) => SubnetId) ?? [],
  aws_vpc: async ({ ec2 }) => (await ec2.send(new DescribeVpcsCommand({}))).Vpcs?.map(({ VpcId }) => VpcId) ?? [],
  aws_vpc_endpoint: async ({ ec2 }) =>
    (await ec2.send(new DescribeVpcEndpointsCommand({}))).VpcEndpoints?.map(({ VpcEndpointId }) => VpcEndpointId) ?? [],
  aws_vpc_security_group_egress_rule: (clients) => rules(clients, true),
  aws_vpc_security_group_ingress_rule: (clients) => rules(clients, false),
  aws_wafv2_web_acl: async ({ firewall }) =>
    (await firewall.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }))).WebACLs?.map(({ Id }) => Id) ?? [],
};

/** `type id`, for everything that there is. */
export async function inventory(clients: Clients): Promise<ReadonlySet<string>> {
  const all = Object.entries(INVENTORY).map(async ([type, list]) => (await list(clients)).map((id) => `${type} ${id}`));
  return new Set((await Promise.all(all)).flat());
}

async function ofPools(
  { pools }: Clients,
  list: (pool: string) => Promise<readonly (string | undefined)[]>,
): Promise<Ids> {
  const { UserPools = [] } = await pools.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return (await Promise.all(UserPools.map(({ Id = '' }) => list(Id)))).flat();
}

async function listeners({ balancers }: Clients): Promise<Ids> {
  const { LoadBalancers = [] } = await balancers.send(new DescribeLoadBalancersCommand({}));
  const all = LoadBalancers.map(async ({ LoadBalancerArn }) =>
    ((await balancers.send(new DescribeListenersCommand({ LoadBalancerArn }))).Listeners ?? []).map(
      ({ ListenerArn }) => ListenerArn,
    ),
  );
  return (await Promise.all(all)).flat();
}

async function rules({ ec2 }: Clients, egress: boolean): Promise<Ids> {
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const own = new Set(SecurityGroups.filter(({ GroupName }) => GroupName !== 'default').map(({ GroupId }) => GroupId));
  const { SecurityGroupRules = [] } = await ec2.send(new DescribeSecurityGroupRulesCommand({}));
  return SecurityGroupRules.filter(({ IsEgress, GroupId }) => IsEgress === egress && own.has(GroupId)).map(
    ({ SecurityGroupRuleId }) => SecurityGroupRuleId,
  );
}
