import { z } from 'zod';

import { field } from '../guidance.ts';
import { section } from './section.ts';

const certificateSource = <Source extends string>(source: Source) =>
  field(z.literal(source), 'must be "hosted-zone" (certificate and records are made) or "given"', 'hosted-zone');

/** ARN of a certificate of ACM, of any region. */
export const certificateArn = z.string().regex(/^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/);

export const certificate = field(
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
        certificateArn,
        'must be the ARN of a certificate in ACM',
        'arn:aws:acm:eu-west-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef',
      ),
    }),
  ]),
  'must say where the certificate comes from',
  { source: 'hosted-zone', zoneId: 'Z0123456789ABCDEFGHIJ' },
);
