import { createHash } from 'node:crypto';

/** What AWS would answer after an apply, for the resources that take part in the login on this machine. */
export type Attributes = Readonly<Record<string, string>>;

interface Resource {
  readonly type: string;
  readonly name: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly region: string;
}

/** An account number that AWS never assigns. */
const ACCOUNT = '000000000000';

/** The shapes of the identifiers: the ARN formats of the AWS service authorization reference, and Cognito's `Id` types. */
const COUNTERPARTS: Readonly<Record<string, (resource: Resource) => Attributes>> = {
  aws_lb: (lb) => {
    const path = `app/${label(lb)}/${hex(lb)}`;
    const dnsName = `${label(lb)}.${lb.region}.elb.amazonaws.com`;
    return {
      ...identified(elbArn(lb, `loadbalancer/${path}`)),
      arn_suffix: path,
      dns_name: dnsName,
      zone_id: 'Z00000000000',
    };
  },
  aws_lb_target_group: (group) => identified(elbArn(group, `targetgroup/${label(group)}/${hex(group)}`)),
  aws_lb_listener: (listener) =>
    identified(elbArn(listener, `listener/app/local/${hex(listener)}/${hex(listener, 'port')}`)),
  aws_lb_listener_rule: (rule) => identified(elbArn(rule, `listener-rule/app/local/${hex(rule)}/${hex(rule, 'rule')}`)),
  aws_cognito_user_pool: (pool) => {
    const id = `${pool.region}_${alphanumeric(pool, 9)}`;
    return {
      id,
      arn: `arn:aws:cognito-idp:${pool.region}:${ACCOUNT}:userpool/${id}`,
      endpoint: `cognito-idp.${pool.region}.amazonaws.com/${id}`,
    };
  },
  aws_cognito_user_pool_client: (client) => ({ id: alphanumeric(client, 26).toLowerCase() }),
};

/**
 * The computed attributes of a resource on this machine: the same for the same address, so that sessions and bookmarks
 * survive a restart. Empty for a type that takes no part in the login.
 */
export function counterpart(resource: Resource): Attributes {
  return COUNTERPARTS[resource.type]?.(resource) ?? {};
}

/** The attributes of data sources that say where Terraform runs. */
export function dataCounterpart(type: string, region: string): Attributes {
  switch (type) {
    case 'aws_region':
      return { name: region, id: region, region };
    case 'aws_caller_identity':
      return { account_id: ACCOUNT, id: ACCOUNT };
    case 'aws_partition':
      return { partition: 'aws', dns_suffix: 'amazonaws.com', id: 'aws' };
    default:
      return {};
  }
}

function identified(arn: string): Attributes {
  return { id: arn, arn };
}

function elbArn({ region }: Resource, resource: string): string {
  return `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:${resource}`;
}

/** The resource's own name where it has a literal one, else that of its block. */
function label({ body, name }: Resource): string {
  const own = body['name'];
  return typeof own === 'string' && !own.includes('${') ? own : name;
}

function digest({ type, name }: Resource, part: string): Buffer {
  return createHash('sha256').update(`${type}.${name}/${part}`).digest();
}

function hex(resource: Resource, part = 'id'): string {
  return digest(resource, part).toString('hex').slice(0, 16);
}

function alphanumeric(resource: Resource, length: number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from(digest(resource, 'id').subarray(0, length), (byte) => alphabet[byte % alphabet.length]).join('');
}
