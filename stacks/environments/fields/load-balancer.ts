import { z } from 'zod';

import { field } from '../guidance.ts';
import { section } from './section.ts';

const days = (example: number) =>
  field(z.int().min(1).max(3650), 'must be 1 to 3650 days, after which they are deleted', example);

export const loadBalancer = section({
  desyncMitigation: field(
    z.enum(['defensive', 'strictest']),
    'must be "defensive" (AWS\'s default) or "strictest" (only requests that follow RFC 7230 to the letter)',
    'strictest',
  ),
  accessLogs: field(
    section({ retentionDays: days(90) }).nullable(),
    'must say how long access logs are kept in a bucket made for them, or be null',
    { retentionDays: 90 },
  ),
  webAcl: field(
    section({
      requestsPerFiveMinutes: field(
        z.int().min(10).max(2_000_000_000),
        'must be 10 or more requests that one address may make in five minutes',
        2000,
      ),
    }).nullable(),
    'must give the limits of a WAF web ACL, or be null',
    { requestsPerFiveMinutes: 2000 },
  ),
  monitoring: field(
    section({
      emails: field(
        z.array(field(z.email(), 'must be an e-mail address', 'ops@example.com')).readonly(),
        'must list who is written to when something is wrong; each address has to confirm once',
        ['ops@example.com'],
      ),
      latencySeconds: field(
        z.number().positive().max(60),
        'must be the seconds within which 99 of 100 requests are answered, or people complain',
        1,
      ),
    }).nullable(),
    'must say whom the alarms write to, or be null for neither alarms nor dashboard',
    { emails: ['ops@example.com'], latencySeconds: 1 },
  ),
});
