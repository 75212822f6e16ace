/**
 * On-demand prices as AWS lists them, by region and unit. Whoever changes one brings the date with it, and the others up
 * to it. docs/reference/plan-review.md has the pages that they were held against.
 */
export const listed = {
  date: '2026-11-22',
  source: 'https://aws.amazon.com/pricing/, on demand, without free tier and taxes',
  currency: 'USD',
  hoursAMonth: 730,
  regions: {
    'eu-west-1': {
      'alb.hour': 0.0252,
      'nlb.hour': 0.0252,
      'nat-gateway.hour': 0.048,
      'public-ipv4.hour': 0.005,
      'interface-endpoint.hour': 0.011,
      'fargate.x86.vcpu.hour': 0.04048,
      'fargate.x86.gb.hour': 0.004445,
      'fargate.arm.vcpu.hour': 0.03238,
      'fargate.arm.gb.hour': 0.00356,
      'kms-key.month': 1,
      'hosted-zone.month': 0.5,
      'web-acl.month': 5,
      'web-acl-rule.month': 1,
      'alarm.month': 0.1,
      'dashboard.month': 3,
      'secret.month': 0.4,
    },
    'us-east-1': {
      'alb.hour': 0.0225,
      'nlb.hour': 0.0225,
      'nat-gateway.hour': 0.045,
      'public-ipv4.hour': 0.005,
      'interface-endpoint.hour': 0.01,
      'fargate.x86.vcpu.hour': 0.04048,
      'fargate.x86.gb.hour': 0.004445,
      'fargate.arm.vcpu.hour': 0.03238,
      'fargate.arm.gb.hour': 0.00356,
      'kms-key.month': 1,
      'hosted-zone.month': 0.5,
      'web-acl.month': 5,
      'web-acl-rule.month': 1,
      'alarm.month': 0.1,
      'dashboard.month': 3,
      'secret.month': 0.4,
    },
  },
} as const;
