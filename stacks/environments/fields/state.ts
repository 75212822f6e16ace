import { z } from 'zod';

import { field } from '../guidance.ts';
import { section } from './section.ts';

const backend = <Backend extends string>(name: Backend) =>
  field(z.literal(name), 'must be "s3" or, for what is never deployed, "local"', 's3');

export const state = field(
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
