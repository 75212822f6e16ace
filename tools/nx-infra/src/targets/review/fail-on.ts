import { type Review } from '@gatehouse/plan-review';

import { InfraError } from '../../errors.ts';

const FAILING = { look: ['look', 'stop'], stop: ['stop'], never: [] } as const satisfies Readonly<
  Record<string, readonly Review['verdict'][]>
>;

/** The verdict from which on a review fails. */
export type FailOn = keyof typeof FAILING;

/**
 * The verdicts that fail.
 *
 * @throws {InfraError} `OPTION_INVALID`
 */
export function failing(from: string): readonly Review['verdict'][] {
  const known: Readonly<Record<string, readonly Review['verdict'][]>> = FAILING;
  const verdicts = Object.hasOwn(known, from) ? known[from] : undefined;
  if (verdicts !== undefined) return verdicts;
  const words = Object.keys(FAILING).join(', ');
  throw new InfraError('OPTION_INVALID', `--fail-on is one of ${words}, and not ${from}.`);
}
