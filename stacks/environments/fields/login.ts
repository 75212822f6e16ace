import { z } from 'zod';

import { field } from '../guidance.ts';
import { certificateArn } from './certificate.ts';
import { section } from './section.ts';

/** A host name in lower case: Cognito compares callbacks exactly. */
export const hostName = z
  .string()
  .max(253)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/);

const at = <At extends string>(value: At) =>
  field(z.literal(value), 'must be "prefix" (of amazoncognito.com) or "domain" (of your own)', 'prefix');

const hostedLogin = field(
  z.discriminatedUnion('at', [
    section({
      at: at('prefix'),
      prefix: field(
        z
          .string()
          .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
          .refine((prefix) => !/aws|amazon|cognito/.test(prefix)),
        'must be 1 to 63 of a-z, 0-9 and inner hyphens, without "aws", "amazon" and "cognito" (Cognito refuses these)',
        'gatehouse-dev',
      ),
    }),
    section({
      at: at('domain'),
      domain: field(hostName, 'must be a host name in lower case, whose parent has an A record', 'login.example.com'),
      certificateArn: field(
        certificateArn.refine((arn) => arn.split(':')[3] === 'us-east-1'),
        'must be the ARN of a certificate in us-east-1, whatever the region of the pool: CloudFront serves the login',
        'arn:aws:acm:us-east-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef',
      ),
    }),
  ]),
  'must say where the login pages are',
  { at: 'prefix', prefix: 'gatehouse-dev' },
);

// Cognito takes more; a group's name is also its Terraform address here.
const GROUP = /^[a-z](?:[a-z0-9-]{0,126}[a-z0-9])?$/;

const sender = field(
  section({
    identityArn: field(
      z.string().regex(/^arn:aws:ses:[a-z0-9-]+:\d{12}:identity\/\S+$/),
      'must be the ARN of an identity verified in SES',
      'arn:aws:ses:eu-west-1:111111111111:identity/example.com',
    ),
    from: field(
      z.string().regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+>?$/),
      'must be an address that the identity may send from',
      'Gatehouse <login@example.com>',
    ),
  }).nullable(),
  'must be an SES sender, or null: Cognito then sends at most 50 mails a day, from an address of its own',
  { identityArn: 'arn:aws:ses:eu-west-1:111111111111:identity/example.com', from: 'login@example.com' },
);

export const login = section({
  hostedLogin,
  pages: field(
    z.enum(['classic', 'managed']),
    'must be "classic", or "managed" where the tier is not LITE (the newer pages, in Cognito\'s own style)',
    'classic',
  ),
  tier: field(
    z.enum(['LITE', 'ESSENTIALS', 'PLUS']),
    'must be a feature plan of Cognito: "LITE", "ESSENTIALS" or "PLUS" (billed by active users)',
    'ESSENTIALS',
  ),
  threatProtection: field(
    z.enum(['OFF', 'AUDIT', 'ENFORCED']),
    'must be "OFF", or with tier PLUS "AUDIT" or "ENFORCED" (leaked passwords and unusual log-ins)',
    'OFF',
  ),
  mfa: field(z.enum(['OFF', 'OPTIONAL', 'ON']), 'must be "OFF", "OPTIONAL" or "ON" (codes from an app)', 'OPTIONAL'),
  selfSignUp: field(
    z.boolean(),
    'must be true (whoever has an e-mail address may join) or false (by invitation)',
    false,
  ),
  sender,
  accessTokenMinutes: field(
    z.int().min(5).max(60),
    'must be 5 to 60 whole minutes: a stolen session lives that long after a logout',
    15,
  ),
  sessionTimeoutSeconds: field(
    z.int().min(60).max(604_800),
    'must be 60 to 604800 whole seconds: the browser keeps the session cookie for seven days at most',
    3600,
  ),
  sessionCookieName: field(
    // RFC 6265, section 4.1.1, less what would need quoting somewhere.
    z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/),
    "must be 1 to 64 letters, digits, _ and -, beginning with a letter, and no other application's on the host",
    'AWSELBAuthSessionCookie',
  ),
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
  userAdministration: field(
    z.boolean(),
    'must be true (admins manage users at /admin/users, for which the tasks may change the pool) or false (no such page, no such right)',
    true,
  ),
});
