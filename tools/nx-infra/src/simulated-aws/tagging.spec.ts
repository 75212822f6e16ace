import { CognitoIdentityProviderClient, CreateUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { AllocateAddressCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { needing } from '../testing/needing.ts';
import { type SimulatedAws, simulatedAws } from './simulated-aws.ts';

const REGION = 'eu-west-1';
const ACCOUNT = '111111111111';
const SETTINGS = { region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

// What a killed deployment made is found by the tags of its stack: by more kinds than moto 5.2.1 lists.
needing('python3')('the tags of the simulated AWS', () => {
  let aws: SimulatedAws;
  let at: typeof SETTINGS & { readonly endpoint: string };
  beforeAll(async () => {
    aws = await simulatedAws({ account: ACCOUNT, region: REGION });
    at = { ...SETTINGS, endpoint: aws.endpoint };
  }, 90_000);
  afterAll(async () => {
    await aws[Symbol.asyncDispose]();
  });

  /** The ARNs of what bears a tag, as the Resource Groups Tagging API lists them. */
  async function bearing(Value: string): Promise<readonly string[]> {
    const answer = await fetch(at.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'ResourceGroupsTaggingAPI_20170126.GetResources',
        authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/tagging/aws4_request`,
      },
      body: JSON.stringify({ TagFilters: [{ Key: 'stack', Values: [Value] }] }),
    });
    const { ResourceTagMappingList: found } = (await answer.json()) as {
      readonly ResourceTagMappingList: readonly { readonly ResourceARN: string }[];
    };
    return found.map(({ ResourceARN }) => ResourceARN);
  }

  it('find addresses, listeners, user pools and web ACLs of a stack, and none of another', async () => {
    const Tags = [{ Key: 'stack', Value: 'one' }];
    const ec2 = new EC2Client(at);
    const { AllocationId } = await ec2.send(
      new AllocateAddressCommand({ Domain: 'vpc', TagSpecifications: [{ ResourceType: 'elastic-ip', Tags }] }),
    );
    const pools = new CognitoIdentityProviderClient(at);
    const { UserPool } = await pools.send(
      new CreateUserPoolCommand({ PoolName: 'people', UserPoolTags: { stack: 'one' } }),
    );
    const firewall = new WAFV2Client(at);
    const { Summary } = await firewall.send(
      new CreateWebACLCommand({
        Name: 'wall',
        Scope: 'REGIONAL',
        DefaultAction: { Allow: {} },
        VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'wall' },
        Tags,
      }),
    );
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const subnet = async (CidrBlock: string, AvailabilityZone: string): Promise<string> => {
      const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId: Vpc?.VpcId, CidrBlock, AvailabilityZone }));
      return Subnet?.SubnetId ?? '';
    };
    const Subnets = [await subnet('10.0.0.0/24', 'eu-west-1a'), await subnet('10.0.1.0/24', 'eu-west-1b')];
    const balancers = new ElasticLoadBalancingV2Client(at);
    const { LoadBalancers } = await balancers.send(new CreateLoadBalancerCommand({ Name: 'door', Subnets }));
    const { Listeners } = await balancers.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
        Protocol: 'HTTP',
        Port: 80,
        DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
        Tags,
      }),
    );
    expect([...(await bearing('one'))].sort()).toEqual(
      [
        `arn:aws:ec2:${REGION}:${ACCOUNT}:elastic-ip/${AllocationId}`,
        UserPool?.Arn,
        Summary?.ARN,
        Listeners?.[0]?.ListenerArn,
      ].sort(),
    );
    expect(await bearing('another')).toEqual([]);
  });
});
