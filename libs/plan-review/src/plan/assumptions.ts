import { z } from 'zod';
import { ReviewError } from '../errors.ts';
import { type Assumption } from './model.ts';

const schema = z.array(z.looseObject({ name: z.string(), because: z.string(), value: z.unknown().optional() }));

/**
 * What `infra:plan` writes beside a plan.
 *
 * @throws ReviewError `ASSUMPTIONS_MALFORMED`
 */
export function parseAssumptions(text: string, file: string): readonly Assumption[] {
  const parsed = schema.safeParse(json(text));
  if (parsed.success) return parsed.data;
  throw new ReviewError('ASSUMPTIONS_MALFORMED', file, {
    what: 'It is not a list of assumptions',
    why: 'What was only supposed would be reviewed as if it were known',
    mend: 'Plan again, or take the file away if it is another one',
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
