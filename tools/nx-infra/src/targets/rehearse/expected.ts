import { z } from 'zod';

import { InfraError } from '../../errors.ts';
import { type StackDrift } from '../drift/drift.ts';
import { type TargetResult } from '../target.ts';
import { type Change } from './changes.ts';

const planSchema = z.object({
  stacks: z.record(
    z.string(),
    z.object({ changes: z.record(z.string(), z.number()), assumptions: z.array(z.unknown()) }),
  ),
});
/**
 * A plan right after an apply changes nothing, and rests on nothing but what is applied.
 *
 * @throws {InfraError} `REHEARSAL_FAILED`
 */
export function requireNoChanges({ data }: Pick<TargetResult, 'data'>): void {
  const { stacks } = planSchema.parse(data);
  const changed = Object.entries(stacks).filter(
    ([, { changes, assumptions }]) => assumptions.length > 0 || Object.values(changes).some((count) => count > 0),
  );
  if (changed.length === 0) return;
  throw new InfraError(
    'REHEARSAL_FAILED',
    `Right after it was applied, Terraform wants to change something of ${changed.map(([name]) => name).join(', ')}: each ` +
      'deployment would do it again. The lines above say what.',
  );
}

/**
 * What was changed was found, and nothing else.
 *
 * @throws {InfraError} `REHEARSAL_FAILED`
 */
export function requireFound(
  changes: readonly Pick<Change, 'address' | 'change'>[],
  drift: readonly Pick<StackDrift, 'resources'>[],
): void {
  const found = drift.flatMap(({ resources }) => resources.map(inShort));
  const wanted = [...new Set(changes.map(inShort))];
  const missed = wanted.filter((each) => !found.includes(each));
  const invented = found.filter((each) => !wanted.includes(each));
  if (missed.length === 0 && invented.length === 0) return;
  throw new InfraError(
    'REHEARSAL_FAILED',
    [
      ...(missed.length > 0 ? [`Changed past Terraform, and not found: ${missed.join(', ')}.`] : []),
      ...(invented.length > 0 ? [`Found, and changed by nobody: ${invented.join(', ')}.`] : []),
    ].join('\n'),
  );
}

function inShort({ address, change }: { readonly address: string; readonly change: string }): string {
  return `${address} (${change})`;
}
