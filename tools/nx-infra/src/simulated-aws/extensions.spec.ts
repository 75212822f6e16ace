import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  ApplicationAutoScalingClient,
  ListTagsForResourceCommand,
  RegisterScalableTargetCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteResourceServerCommand,
  DeleteUserPoolCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
  UpdateResourceServerCommand,
  UpdateUserPoolCommand,
  UpdateUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateLoadBalancerCommand,
  DeleteLoadBalancerCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  type Change,
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { needing } from '../testing/needing.ts';
import { type SimulatedAws, simulatedAws } from './simulated-aws.ts';

const ZONE = 'Z0123456789SPEC';
const CERTIFICATE = 'arn:aws:acm:us-east-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef';
const settings = { region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

// Each of these fails on moto 5.2.1 as it is: the first thing that Terraform would meet is named in `moto/`.
needing('python3')('what moto lacks', () => {
  let aws: SimulatedAws;
  let at: typeof settings & { readonly endpoint: string };
  beforeAll(async () => {
    aws = await simulatedAws({ account: '111111111111', region: 'eu-west-1', hostedZones: { [ZONE]: 'example.com' } });
    at = { ...settings, endpoint: aws.endpoint };
  }, 90_000);
  afterAll(async () => {
    await aws[Symbol.asyncDispose]();
  });

  const network = async () => {
    const ec2 = new EC2Client(at);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const VpcId = Vpc?.VpcId ?? '';
    const subnet = async (CidrBlock: string, AvailabilityZone: string) =>
      (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }))).Subnet?.SubnetId ?? '';
    const group = async (GroupName: string) =>
      (await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }))).GroupId ?? '';
    return {
      ec2,
      subnets: [await subnet('10.0.0.0/24', 'eu-west-1a'), await subnet('10.0.1.0/24', 'eu-west-1b')],
      groups: [await group(`alb-${VpcId}`), await group(`app-${VpcId}`)] as const,
    };
  };

  it('answers a repeated request as the first time, and one that failed anew', async () => {
    const queries = (action: Readonly<Record<string, string>>) => ({
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/ec2/aws4_request',
        'amz-sdk-invocation-id': JSON.stringify(action),
      },
      body: new URLSearchParams({ Version: '2016-11-15', ...action }).toString(),
    });
    const ask = async (action: Readonly<Record<string, string>>) => (await fetch(at.endpoint, queries(action))).text();
    const vpc = { Action: 'CreateVpc', CidrBlock: '10.9.0.0/16' };
    const idOf = (answer: string) => /<vpcId>([^<]+)/.exec(answer)?.[1] ?? '';
    const [first, second] = await Promise.all([ask(vpc), ask(vpc)]);
    expect(first).toMatch(/<vpcId>vpc-/);
    expect(idOf(second)).toBe(idOf(first));
    // Another invocation makes another.
    expect(idOf(await ask({ ...vpc, DryRun: 'false' }))).not.toBe(idOf(first));
    const subnet = { Action: 'CreateSubnet', VpcId: idOf(first), CidrBlock: '10.8.0.0/24' };
    expect(await ask(subnet)).toContain('InvalidSubnet');
    await ask({ Action: 'DeleteVpc', VpcId: idOf(first) });
    expect(await ask(subnet)).toContain('InvalidVpcID.NotFound');
  });

  it.each([
    ['vpc', 'L-F678F1CE', 5],
    ['fargate', 'L-3032A538', 6],
    ['elasticloadbalancing', 'L-53DA6B97', 50],
  ])('knows the quotas of %s', async (ServiceCode, QuotaCode, Value) => {
    const quota = async (action: string) => {
      const answer = await fetch(at.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `ServiceQuotasV20190624.${action}`,
          authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/servicequotas/aws4_request',
        },
        body: JSON.stringify({ ServiceCode, QuotaCode }),
      });
      return ((await answer.json()) as { readonly Quota: object }).Quota;
    };
    expect(await quota('GetServiceQuota')).toMatchObject({ QuotaCode, Value });
    expect(await quota('GetAWSDefaultServiceQuota')).toMatchObject({ QuotaCode, Value });
  });

  it('keeps what a user pool was created with when it is updated, and its tier', async () => {
    const pools = new CognitoIdentityProviderClient(at);
    const created = await pools.send(
      new CreateUserPoolCommand({
        PoolName: 'people',
        UsernameAttributes: ['email'],
        UsernameConfiguration: { CaseSensitive: false },
      }),
    );
    const UserPoolId = created.UserPool?.Id;
    const described = async () => (await pools.send(new DescribeUserPoolCommand({ UserPoolId }))).UserPool;
    const made = { UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } };
    expect(await described()).toMatchObject({ ...made, UserPoolTier: 'ESSENTIALS' });
    await pools.send(
      new UpdateUserPoolCommand({ UserPoolId, UserPoolTier: 'PLUS', AutoVerifiedAttributes: ['email'] }),
    );
    expect(await described()).toMatchObject({ ...made, UserPoolTier: 'PLUS', AutoVerifiedAttributes: ['email'] });
  });

  it('does not delete a protected user pool', async () => {
    const pools = new CognitoIdentityProviderClient(at);
    const { UserPool } = await pools.send(
      new CreateUserPoolCommand({ PoolName: 'people', DeletionProtection: 'ACTIVE' }),
    );
    const UserPoolId = UserPool?.Id;
    await expect(pools.send(new DeleteUserPoolCommand({ UserPoolId }))).rejects.toThrow('deletion protection');
    await pools.send(new UpdateUserPoolCommand({ UserPoolId, DeletionProtection: 'INACTIVE' }));
    await pools.send(new DeleteUserPoolCommand({ UserPoolId }));
  });

  it("knows the version of a user pool domain's pages, and its certificate", async () => {
    const pools = new CognitoIdentityProviderClient(at);
    const { UserPool } = await pools.send(new CreateUserPoolCommand({ PoolName: 'people' }));
    const domain = { UserPoolId: UserPool?.Id, Domain: 'people' };
    const described = async () =>
      (await pools.send(new DescribeUserPoolDomainCommand({ Domain: 'people' }))).DomainDescription;
    await pools.send(new CreateUserPoolDomainCommand({ ...domain, ManagedLoginVersion: 2 }));
    expect(await described()).toMatchObject({ ManagedLoginVersion: 2 });
    await pools.send(new UpdateUserPoolDomainCommand({ ...domain, ManagedLoginVersion: 1 }));
    expect(await described()).toMatchObject({ ManagedLoginVersion: 1 });
    const own = { Domain: 'login.example.com', CustomDomainConfig: { CertificateArn: CERTIFICATE } };
    await pools.send(new CreateUserPoolDomainCommand({ ...domain, ...own }));
    const { DomainDescription } = await pools.send(new DescribeUserPoolDomainCommand({ Domain: own.Domain }));
    expect(DomainDescription).toMatchObject({ ...own, AWSAccountId: '111111111111' });
  });

  it('changes and deletes a resource server', async () => {
    const pools = new CognitoIdentityProviderClient(at);
    const { UserPool } = await pools.send(new CreateUserPoolCommand({ PoolName: 'people' }));
    const server = { UserPoolId: UserPool?.Id, Identifier: 'api' };
    const read = [{ ScopeName: 'read', ScopeDescription: 'Read' }];
    await pools.send(new CreateResourceServerCommand({ ...server, Name: 'api', Scopes: read }));
    await pools.send(new UpdateResourceServerCommand({ ...server, Name: 'API', Scopes: [] }));
    const describe = () => pools.send(new DescribeResourceServerCommand(server));
    expect((await describe()).ResourceServer).toMatchObject({ Name: 'API' });
    await pools.send(new DeleteResourceServerCommand(server));
    await expect(describe()).rejects.toThrow('does not exist');
  });

  it('keeps all of a service, which is steady at once, and takes tags of what scales it', async () => {
    const { subnets, groups } = await network();
    const ecs = new ECSClient(at);
    await ecs.send(new CreateClusterCommand({ clusterName: 'main' }));
    const containerDefinitions = [{ name: 'app', image: 'app', memory: 128 }];
    const define = async () =>
      (await ecs.send(new RegisterTaskDefinitionCommand({ family: 'app', containerDefinitions }))).taskDefinition
        ?.taskDefinitionArn ?? '';
    const created = {
      healthCheckGracePeriodSeconds: 30,
      enableExecuteCommand: true,
      enableECSManagedTags: true,
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    };
    const first = await define();
    await ecs.send(
      new CreateServiceCommand({
        cluster: 'main',
        serviceName: 'app',
        taskDefinition: first,
        desiredCount: 2,
        launchType: 'FARGATE',
        networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups: [groups[1]] } },
        ...created,
      }),
    );
    const service = async () =>
      (await ecs.send(new DescribeServicesCommand({ cluster: 'main', services: ['app'] }))).services?.[0];
    const steady = { desiredCount: 2, runningCount: 2, pendingCount: 0 };
    expect(await service()).toMatchObject({
      ...created,
      ...steady,
      deployments: [{ ...steady, taskDefinition: first, rolloutState: 'COMPLETED' }],
    });
    const second = await define();
    await ecs.send(new UpdateServiceCommand({ cluster: 'main', service: 'app', taskDefinition: second }));
    expect(await service()).toMatchObject({ deployments: [{ ...steady, taskDefinition: second }] });

    const scaling = new ApplicationAutoScalingClient(at);
    const { ScalableTargetARN: ResourceARN } = await scaling.send(
      new RegisterScalableTargetCommand({
        ServiceNamespace: 'ecs',
        ResourceId: 'service/main/app',
        ScalableDimension: 'ecs:service:DesiredCount',
        MinCapacity: 1,
        MaxCapacity: 2,
        Tags: { made: 'yes' },
      }),
    );
    const tags = async () => (await scaling.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags;
    expect(await tags()).toEqual({ made: 'yes' });
    await scaling.send(new TagResourceCommand({ ResourceARN, Tags: { later: 'too' } }));
    await scaling.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['made'] }));
    expect(await tags()).toEqual({ later: 'too' });
  });

  it('keeps the description of a rule that names a group', async () => {
    const { ec2, groups } = await network();
    const [alb, app] = groups;
    await ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: app,
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 3000,
            ToPort: 3000,
            UserIdGroupPairs: [{ GroupId: alb, Description: 'The load balancer' }],
          },
        ],
      }),
    );
    const Filters = [{ Name: 'group-id', Values: [app] }];
    const { SecurityGroupRules } = await ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
    expect(SecurityGroupRules?.find(({ IsEgress }) => IsEgress === false)).toMatchObject({
      Description: 'The load balancer',
      ReferencedGroupInfo: { GroupId: alb },
    });
  });

  it('has load balancers face the internet, and does not delete a protected one', async () => {
    const { subnets } = await network();
    const balancers = new ElasticLoadBalancingV2Client(at);
    const { LoadBalancers } = await balancers.send(new CreateLoadBalancerCommand({ Name: 'door', Subnets: subnets }));
    expect(LoadBalancers?.[0]?.Scheme).toBe('internet-facing');
    const LoadBalancerArn = LoadBalancers?.[0]?.LoadBalancerArn;
    const protect = (Value: string) =>
      balancers.send(
        new ModifyLoadBalancerAttributesCommand({
          LoadBalancerArn,
          Attributes: [{ Key: 'deletion_protection.enabled', Value }],
        }),
      );
    await protect('true');
    await expect(balancers.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))).rejects.toMatchObject({
      name: 'OperationNotPermittedException',
    });
    await protect('false');
    await balancers.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    expect((await balancers.send(new DescribeLoadBalancersCommand({}))).LoadBalancers).toEqual([]);
  });

  it('issues a certificate when its record is in a zone, and makes a deleted record again', async () => {
    const acm = new ACMClient(at);
    const { CertificateArn } = await acm.send(
      new RequestCertificateCommand({ DomainName: 'app.example.com', ValidationMethod: 'DNS' }),
    );
    const certificate = async () =>
      (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate ?? {};
    const { Status, DomainValidationOptions } = await certificate();
    const { Name, Type, Value } = DomainValidationOptions?.[0]?.ResourceRecord ?? {};
    expect(Status).toBe('PENDING_VALIDATION');

    const zones = new Route53Client(at);
    const change = (Action: 'CREATE' | 'DELETE', value = Value) => {
      const ResourceRecordSet: Change['ResourceRecordSet'] = {
        Name,
        Type,
        TTL: 60,
        ResourceRecords: [{ Value: value }],
      };
      const ChangeBatch = { Changes: [{ Action, ResourceRecordSet }] };
      return zones.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: ZONE, ChangeBatch }));
    };
    await change('CREATE', 'another.example.com');
    expect((await certificate()).Status).toBe('PENDING_VALIDATION');
    await change('DELETE', 'another.example.com');
    await change('CREATE');
    expect((await certificate()).Status).toBe('ISSUED');

    await change('DELETE');
    await change('CREATE');
    await expect(change('CREATE')).rejects.toThrow('already exists');
    const { ResourceRecordSets } = await zones.send(new ListResourceRecordSetsCommand({ HostedZoneId: ZONE }));
    expect(ResourceRecordSets?.filter((record) => record.Type === Type)).toHaveLength(1);
  });

  it('applies a statement of a bucket policy only where its condition holds', async () => {
    const s3 = new S3Client({ ...at, forcePathStyle: true });
    const Bucket = 'states-of-a-spec';
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    const put = new PutObjectCommand({ Bucket, Key: 'state', Body: '{}' });
    const deny = (condition: object) => {
      const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: `arn:aws:s3:::${Bucket}/*` };
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...condition }] });
      return s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
    };
    await deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    await s3.send(put);
    await deny({});
    await expect(s3.send(put)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });
});
