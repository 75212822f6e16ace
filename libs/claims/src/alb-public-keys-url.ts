/**
 * Where the load balancers of a region publish their keys, by region and partition of an ARN. GovCloud's keys are in
 * buckets of S3, whose URL has the region twice. For the other partitions AWS documents no host.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html ("User claims
 * encoding and signature verification")
 * @returns undefined where it is not documented: a guess would be a host that somebody else may own
 */
export function albPublicKeysUrl(albArn: string): string | undefined {
  const [, partition, , region = ''] = albArn.split(':');
  if (partition === 'aws' && !region.startsWith('us-gov-'))
    return `https://public-keys.auth.elb.${region}.amazonaws.com`;
  if (partition === 'aws-us-gov' && GOVCLOUD.includes(region)) {
    return `https://s3-${region}.amazonaws.com/aws-elb-public-keys-prod-${region}`;
  }
  return undefined;
}

const GOVCLOUD: readonly string[] = ['us-gov-east-1', 'us-gov-west-1'];
