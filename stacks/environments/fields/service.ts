import { z } from 'zod';

import { field } from '../guidance.ts';
import { logRetentionDays, section } from './section.ts';

const SECRET_ARN =
  /^arn:aws:(?:ssm:[a-z0-9-]+:\d{12}:parameter\/[A-Za-z0-9_.\/-]+|secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9\/_+=.@-]+)$/;

const secret = section({
  variable: field(
    z.string().regex(/^[A-Z][A-Z0-9_]{0,127}$/),
    'must be an environment variable in capitals',
    'DATABASE_URL',
  ),
  arn: field(
    z.string().regex(SECRET_ARN),
    'must be the ARN of a parameter of SSM or a secret of Secrets Manager; the value itself is never here',
    'arn:aws:ssm:eu-west-1:111111111111:parameter/gatehouse/dev/database-url',
  ),
});

export const service = section({
  architecture: field(z.enum(['X86_64', 'ARM64']), 'must be "X86_64" or "ARM64", as the image was built', 'ARM64'),
  cpu: field(
    z.union([256, 512, 1024, 2048, 4096].map((units) => z.literal(units))),
    'must be a CPU size of Fargate: 256, 512, 1024, 2048 or 4096 units (1024 is one vCPU)',
    256,
  ),
  memoryMiB: field(z.int().positive(), 'must be a whole number of MiB that Fargate offers for the CPU', 512),
  desiredCount: field(z.int().min(1).max(100), 'must be 1 to 100 tasks: where there is scaling, the fewest', 2),
  scaling: field(
    section({
      maximumCount: field(z.int().min(2).max(100), 'must be 2 to 100 tasks, more than desiredCount', 6),
      cpuPercent: field(z.int().min(10).max(90), 'must be 10 to 90 percent of CPU, kept to by adding tasks', 60),
      requestsPerTarget: field(
        z.int().min(1),
        'must be the requests a minute that one task is to have, kept to by adding tasks',
        1000,
      ),
    }).nullable(),
    'must say how far and why the number of tasks grows, or be null for a fixed number',
    { maximumCount: 6, cpuPercent: 60, requestsPerTarget: 1000 },
  ),
  containerInsights: field(
    z.enum(['disabled', 'enabled', 'enhanced']),
    'must be "disabled", "enabled" or "enhanced" (metrics of each task)',
    'enabled',
  ),
  exec: field(
    z.boolean(),
    'must be false, or true where people may open a shell in a task (its root file system is then writable)',
    false,
  ),
  secrets: field(
    z
      .array(secret)
      .refine((secrets) => new Set(secrets.map(({ variable }) => variable)).size === secrets.length)
      .readonly(),
    'must list what the container gets from SSM or Secrets Manager, each variable once',
    [{ variable: 'DATABASE_URL', arn: 'arn:aws:ssm:eu-west-1:111111111111:parameter/gatehouse/dev/database-url' }],
  ),
  secretKeys: field(
    z
      .array(
        field(
          z.string().regex(/^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/),
          'must be the ARN of a key of KMS, not of an alias',
          'arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef',
        ),
      )
      .refine((keys) => new Set(keys).size === keys.length)
      .readonly(),
    "must list the keys of your own that secrets are encrypted with, each once; AWS's own need no mention",
    ['arn:aws:kms:eu-west-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef'],
  ),
  logRetentionDays,
});
