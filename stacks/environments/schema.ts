import { z } from 'zod';

import { field } from './guidance.ts';

const section = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape).readonly();

const port = (example: number) =>
  field(z.int().min(1).max(65535), 'must be a TCP port, a whole number from 1 to 65535', example);

const ports = section({ https: port(443), http: port(80) });

const network = section({
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
});

const certificateSource = <Source extends string>(source: Source) =>
  field(z.literal(source), 'must be "hosted-zone" (certificate and records are made) or "given"', 'hosted-zone');

const certificate = field(
  z.discriminatedUnion('source', [
    section({
      source: certificateSource('hosted-zone'),
      zoneId: field(
        z.string().regex(/^Z[A-Z0-9]{1,31}$/),
        'must be the id of a Route 53 zone',
        'Z0123456789ABCDEFGHIJ',
      ),
    }),
    section({
      source: certificateSource('given'),
      arn: field(
        z.string().regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/),
        'must be the ARN of a certificate in ACM',
        'arn:aws:acm:eu-west-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef',
      ),
    }),
  ]),
  'must say where the certificate comes from',
  { source: 'hosted-zone', zoneId: 'Z0123456789ABCDEFGHIJ' },
);

// Cognito takes more; a group's name is also its Terraform address here.
const GROUP = /^[a-z](?:[a-z0-9-]{0,126}[a-z0-9])?$/;
const login = section({
  domainPrefix: field(
    z
      .string()
      .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
      .refine((prefix) => !/aws|amazon|cognito/.test(prefix)),
    'must be 1 to 63 of a-z, 0-9 and inner hyphens, without "aws", "amazon" and "cognito" (Cognito refuses these)',
    'gatehouse-dev',
  ),
  accessTokenMinutes: field(
    z.int().min(5).max(1440),
    "must be 5 to 1440 whole minutes (Cognito's limits); a stolen session lives that long after a logout",
    15,
  ),
  sessionTimeoutSeconds: field(
    z.int().min(60).max(604_800),
    'must be 60 to 604800 whole seconds: the browser keeps the session cookie for seven days at most',
    3600,
  ),
  mfa: field(z.enum(['OFF', 'OPTIONAL', 'ON']), 'must be "OFF", "OPTIONAL" or "ON" (codes from an app)', 'OPTIONAL'),
  groups: field(
    z
      .array(
        field(
          z.string().regex(GROUP),
          'must be 1 to 128 of a-z, 0-9 and inner hyphens, beginning with a letter',
          'admins',
        ),
      )
      .min(1)
      .refine((groups) => new Set(groups).size === groups.length)
      .readonly(),
    'must list at least one group, each once',
    ['admins', 'users'],
  ),
});

// What a path-pattern condition takes (rule-condition-types), less its wildcards: a public path is one path.
const EXACT_PATH = /^\/[A-Za-z0-9_.$/~"'@:+&-]{0,127}$/;
const publicPaths = field(
  z
    .array(
      field(
        z
          .string()
          .regex(EXACT_PATH)
          .refine((path) => !path.startsWith('/oauth2/')),
        'must be one exact path of at most 128 characters, without wildcards, query or /oauth2/',
        '/logged-out',
      ),
    )
    .refine((paths) => new Set(paths).size === paths.length)
    .readonly(),
  'must list the paths that need no login, each once',
  ['/logged-out', '/assets/gatehouse.css'],
);

const service = section({
  cpu: field(
    z.union([256, 512, 1024, 2048, 4096].map((units) => z.literal(units))),
    'must be a CPU size of Fargate: 256, 512, 1024, 2048 or 4096 units (1024 is one vCPU)',
    256,
  ),
  memoryMiB: field(z.int().positive(), 'must be a whole number of MiB that Fargate offers for the CPU', 512),
  desiredCount: field(z.int().min(1).max(100), 'must be 1 to 100 tasks', 2),
  logRetentionDays: field(
    z.union([1, 3, 5, 7, 14, 30, 60, 90, 180, 365, 731].map((days) => z.literal(days))),
    'must be a retention that CloudWatch Logs has: 1, 3, 5, 7, 14, 30, 60, 90, 180, 365 or 731 days',
    30,
  ),
});

const backend = <Backend extends string>(name: Backend) =>
  field(z.literal(name), 'must be "s3" or, for what is never deployed, "local"', 's3');

const state = field(
  z.discriminatedUnion('backend', [
    section({
      backend: backend('s3'),
      bucket: field(
        z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/),
        'must be a bucket name: 3 to 63 of a-z, 0-9 and inner hyphens',
        'gatehouse-state-111111111111',
      ),
    }),
    section({ backend: backend('local') }),
  ]),
  'must say where the state is kept',
  { backend: 's3', bucket: 'gatehouse-state-111111111111' },
);

/** The fields of an environment, each by itself. What several of them must say together is in `across-fields.ts`. */
export const environmentFields = section({
  name: field(
    z.string().regex(/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/),
    'must be lower-case letters, digits and inner hyphens, beginning with a letter',
    'dev',
  ),
  account: field(z.string().regex(/^\d{12}$/), 'must be the twelve digits of an AWS account, as text', '111111111111'),
  // Commercial regions only: GovCloud and China have another DNS suffix and another host for the load balancer's
  // public keys (listener-authenticate-users), which the application's settings would have to follow.
  region: field(
    z.string().regex(/^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/),
    'must be a commercial AWS region in lower case',
    'eu-west-1',
  ),
  domain: field(
    z
      .string()
      .max(253)
      .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/),
    'must be a host name in lower case, without scheme, port and path (Cognito compares callbacks exactly)',
    'app.dev.example.com',
  ),
  ports,
  network,
  certificate,
  login,
  publicPaths,
  service,
  deletionProtection: field(z.boolean(), 'must be true or false', true),
  state,
});

/** What distinguishes one deployment from another, validated. Made by `loadEnvironment`. */
export type Environment = z.output<typeof environmentFields>;
