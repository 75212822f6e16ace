/** What is named in AWS after the environment. */
export type Named =
  | 'vpc'
  | 'endpointSecurityGroup'
  | 'flowLogGroup'
  | 'flowLogRole'
  | 'userPool'
  | 'userPoolClient'
  | 'machineClient'
  | 'loginStyle'
  | 'repository'
  | 'loadBalancer'
  | 'loadBalancerSecurityGroup'
  | 'targetGroup'
  | 'accessLogBucket'
  | 'webAcl'
  | 'alarmTopic'
  | 'alarm'
  | 'dashboard'
  | 'taskSecurityGroup'
  | 'cluster'
  | 'service'
  | 'taskFamily'
  | 'executionRole'
  | 'taskRole'
  | 'logGroup'
  | 'planRole'
  | 'applyRole'
  | 'applyBoundary'
  | 'taskBoundary'
  | 'plansKey';

/** A name, and the most characters that AWS takes for it (the resource's Create call in its API reference). */
export interface LimitedName {
  readonly name: string;
  readonly limit: number;
}

/** The names of an environment's resources with their limits, which the environment's validation holds them to. */
export function limitedNames(environment: string): Readonly<Record<Named, LimitedName>> {
  const prefix = `gatehouse-${environment}`;
  return {
    vpc: { name: prefix, limit: 255 },
    endpointSecurityGroup: { name: `${prefix}-endpoints`, limit: 255 },
    flowLogGroup: { name: `/gatehouse/${environment}/flow`, limit: 512 },
    flowLogRole: { name: `${prefix}-flow-logs`, limit: 64 },
    userPool: { name: prefix, limit: 128 },
    userPoolClient: { name: `${prefix}-alb`, limit: 128 },
    machineClient: { name: `${prefix}-machines`, limit: 128 },
    loginStyle: { name: `${prefix}-login-style`, limit: 128 },
    repository: { name: `${prefix}/auth`, limit: 256 },
    loadBalancer: { name: prefix, limit: 32 },
    loadBalancerSecurityGroup: { name: `${prefix}-alb`, limit: 255 },
    targetGroup: { name: `${prefix}-app`, limit: 32 },
    // The names of buckets are one space for all of AWS: the account's twelve digits and a hyphen follow.
    accessLogBucket: { name: `${prefix}-alb-logs`, limit: 63 - 13 },
    webAcl: { name: prefix, limit: 128 },
    alarmTopic: { name: `${prefix}-alarms`, limit: 256 },
    // What is watched follows, in at most 32 characters.
    alarm: { name: prefix, limit: 255 - 33 },
    dashboard: { name: prefix, limit: 255 },
    taskSecurityGroup: { name: `${prefix}-app`, limit: 255 },
    cluster: { name: prefix, limit: 255 },
    service: { name: `${prefix}-auth`, limit: 255 },
    taskFamily: { name: `${prefix}-auth`, limit: 255 },
    executionRole: { name: `${prefix}-auth-execution`, limit: 64 },
    taskRole: { name: `${prefix}-auth-task`, limit: 64 },
    logGroup: { name: `/gatehouse/${environment}/auth`, limit: 512 },
    planRole: { name: `${prefix}-plan`, limit: 64 },
    applyRole: { name: `${prefix}-apply`, limit: 64 },
    applyBoundary: { name: `${prefix}-apply-boundary`, limit: 128 },
    taskBoundary: { name: `${prefix}-task-boundary`, limit: 128 },
    plansKey: { name: `alias/${prefix}-plans`, limit: 256 },
  };
}

/** The name of a resource in an environment. */
export function nameOf(environment: string, what: Named): string {
  return limitedNames(environment)[what].name;
}
