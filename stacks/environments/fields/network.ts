import { z } from 'zod';

import { field } from '../guidance.ts';
import { logRetentionDays, section } from './section.ts';

/** What can be reached without leaving AWS's network. `ecr` has two endpoints; what it serves comes from S3, whose gateway endpoint is always there. */
const ENDPOINTS = ['ecr', 'logs', 'ssm', 'secretsmanager'] as const;

export const network = section({
  cidr: field(
    z.string().regex(/^(10\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])|172\.(1[6-9]|2\d|3[01])|192\.168)\.0\.0\/16$/),
    'must be a private IPv4 range of 16 bits (RFC 1918); it is cut into /20 subnets',
    '10.20.0.0/16',
  ),
  zones: field(
    z
      .array(field(z.string().regex(/^[a-z]{2}-[a-z]+-\d[a-z]$/), 'must be an availability zone', 'eu-west-1a'))
      .min(2)
      .max(3)
      .readonly(),
    'must list two or three availability zones (a load balancer needs two)',
    ['eu-west-1a', 'eu-west-1b'],
  ),
  nat: field(z.enum(['single', 'per-zone']), 'must be "single" (cheap) or "per-zone" (survives a zone)', 'single'),
  interfaceEndpoints: field(
    z
      .array(field(z.enum(ENDPOINTS), `must be one of ${ENDPOINTS.join(', ')}`, 'ecr'))
      .refine((endpoints) => new Set(endpoints).size === endpoints.length)
      .readonly(),
    `must list services reached without NAT, each once: ${ENDPOINTS.join(', ')} (each costs by the hour and zone)`,
    ['ecr', 'logs'],
  ),
  flowLogRetentionDays: logRetentionDays,
});
