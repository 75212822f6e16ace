import { ACMClient } from '@aws-sdk/client-acm';
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { ECSClient } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAMClient } from '@aws-sdk/client-iam';
import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { WAFV2Client } from '@aws-sdk/client-wafv2';

/** The services that the stacks use, as the AWS SDK sees them: a second pair of eyes beside Terraform. */
export interface Clients extends Disposable {
  readonly acm: ACMClient;
  readonly alarms: CloudWatchClient;
  readonly balancers: ElasticLoadBalancingV2Client;
  readonly ec2: EC2Client;
  readonly ecs: ECSClient;
  readonly firewall: WAFV2Client;
  readonly iam: IAMClient;
  readonly images: ECRClient;
  readonly logs: CloudWatchLogsClient;
  readonly names: Route53Client;
  readonly pools: CognitoIdentityProviderClient;
  readonly s3: S3Client;
  readonly scaling: ApplicationAutoScalingClient;
  readonly topics: SNSClient;
  readonly who: STSClient;
}

/** Asks where the variables of this process say. */
export function clientsOf(region: string): Clients {
  const at = { region };
  const clients = {
    acm: new ACMClient(at),
    alarms: new CloudWatchClient(at),
    balancers: new ElasticLoadBalancingV2Client(at),
    ec2: new EC2Client(at),
    ecs: new ECSClient(at),
    firewall: new WAFV2Client(at),
    iam: new IAMClient(at),
    images: new ECRClient(at),
    logs: new CloudWatchLogsClient(at),
    names: new Route53Client(at),
    pools: new CognitoIdentityProviderClient(at),
    s3: new S3Client(at),
    scaling: new ApplicationAutoScalingClient(at),
    topics: new SNSClient(at),
    who: new STSClient(at),
  };
  const dispose = (): void => Object.values(clients).forEach((client) => client.destroy());
  return { ...clients, [Symbol.dispose]: dispose };
}
