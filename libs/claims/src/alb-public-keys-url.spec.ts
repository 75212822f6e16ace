import { describe, expect, it } from '@jest/globals';
import { albPublicKeysUrl } from './alb-public-keys-url.ts';

const arn = (partition: string, region: string): string =>
  `arn:${partition}:elasticloadbalancing:${region}:123456789012:loadbalancer/app/gatehouse/0123456789abcdef`;

describe('albPublicKeysUrl', () => {
  it.each([
    ['aws', 'eu-central-1', 'https://public-keys.auth.elb.eu-central-1.amazonaws.com'],
    ['aws', 'us-west-2', 'https://public-keys.auth.elb.us-west-2.amazonaws.com'],
    ['aws-us-gov', 'us-gov-west-1', 'https://s3-us-gov-west-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-west-1'],
    ['aws-us-gov', 'us-gov-east-1', 'https://s3-us-gov-east-1.amazonaws.com/aws-elb-public-keys-prod-us-gov-east-1'],
  ])('of %s %s is %s', (partition, region, url) => {
    expect(albPublicKeysUrl(arn(partition, region))).toBe(url);
  });

  it.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-iso', 'us-iso-east-1'],
    ['aws-iso-b', 'us-isob-east-1'],
    ['aws-iso-e', 'eu-isoe-west-1'],
    ['aws-iso-f', 'us-isof-south-1'],
    ['aws-eusc', 'eusc-de-east-1'],
    ['aws-us-gov', 'us-gov-north-1'],
    ['aws', 'us-gov-west-1'],
  ])('of %s %s is not documented', (partition, region) => {
    expect(albPublicKeysUrl(arn(partition, region))).toBeUndefined();
  });
});
