import { contract } from './contract.ts';

/** The network, to those who place something in it. */
export const networkContract = contract('network', {
  vpcId: { kind: 'vpc-id', description: 'The VPC.' },
  publicSubnetIds: { kind: 'subnet-ids', description: 'Subnets with a route to the internet gateway, one a zone.' },
  privateSubnetIds: { kind: 'subnet-ids', description: 'Subnets that reach the internet through NAT, one a zone.' },
});

/** The user pool, to those who send people to it or believe its tokens. */
export const cognitoContract = contract('cognito', {
  userPoolId: { kind: 'user-pool-id', description: 'The user pool.' },
  userPoolArn: { kind: 'user-pool-arn', description: 'The user pool, as the authenticate action names it.' },
  userPoolClientId: { kind: 'user-pool-client-id', description: 'The app client of the load balancer.' },
  userPoolDomain: {
    kind: 'user-pool-domain',
    description: 'The prefix or the whole name of the hosted login, as the authenticate action names it.',
  },
  machineClientId: {
    kind: 'user-pool-client-id',
    description: 'The app client of machines; empty where there is none.',
  },
  issuer: { kind: 'url', description: 'The `iss` of the tokens of the pool.' },
  hostedUrl: { kind: 'url', description: 'Origin of the hosted login, which also has /logout.' },
  jwksUrl: { kind: 'url', description: 'The public keys of the pool.' },
});

/** The image repository, to those who push to it or run from it. */
export const ecrContract = contract('ecr', {
  repositoryUrl: { kind: 'repository-url', description: 'The repository, as docker names it, without a tag.' },
  repositoryArn: { kind: 'repository-arn', description: 'The repository.' },
});

/** Who deploys, to those whose rights it may change, and to the workflows. */
export const deliveryContract = contract('delivery', {
  planRoleArn: { kind: 'role-arn', description: 'The role of workflows that plan: it reads.' },
  applyRoleArn: { kind: 'role-arn', description: 'The role of workflows that apply.' },
  plansKeyArn: { kind: 'key-arn', description: 'The key that reviewed plans are encrypted with.' },
  taskBoundaryArn: {
    kind: 'policy-arn',
    description: 'The most that a role of the tasks may do, whatever its policies say.',
  },
});

/** The load balancer, to those who stand behind it. */
export const albContract = contract('alb', {
  loadBalancerArn: { kind: 'load-balancer-arn', description: 'The load balancer: the signer the application expects.' },
  targetGroupArn: { kind: 'target-group-arn', description: 'Where the tasks register.' },
  securityGroupId: { kind: 'security-group-id', description: 'The only source of traffic to the tasks.' },
  dnsName: { kind: 'host-name', description: 'The name of the load balancer itself, to point other DNS at.' },
  publicUrl: { kind: 'url', description: 'The origin that people type, without a trailing slash.' },
});

/** The running application, to those who deploy to it. */
export const ecsContract = contract('ecs', {
  clusterName: { kind: 'cluster-name', description: 'The cluster.' },
  serviceName: { kind: 'service-name', description: 'The service.' },
});

/** Every contract, in the order in which the stacks are applied. */
export const contracts = [
  networkContract,
  cognitoContract,
  ecrContract,
  deliveryContract,
  albContract,
  ecsContract,
] as const;
