import { InfraError } from '../../errors.ts';
import { schedule } from '../schedule.ts';

/**
 * Works on things that need nothing of each other, so many at a time. When one fails the others are worked on all the
 * same; afterwards this fails.
 *
 * @param done what they then are not, such as `planned`
 * @throws {InfraError} the failure, where there is one; `STACKS_FAILED` where there are several
 */
export async function each<S extends { readonly name: string }, T>(
  things: readonly S[],
  limit: number,
  done: string,
  work: (thing: S) => Promise<T>,
): Promise<readonly T[]> {
  const all = new Map(things.map((thing) => [thing.name, { name: thing.name, dependencies: [], thing }]));
  const outcomes = await schedule(all, limit, ({ thing }) => work(thing));
  const values: T[] = [];
  const failures = new Map<string, unknown>();
  for (const [name, outcome] of outcomes) {
    if (outcome.status === 'done') values.push(outcome.value);
    if (outcome.status === 'failed') failures.set(name, outcome.error);
  }
  const errors = [...failures.values()];
  if (errors.length === 0) return values;
  const unforeseen = errors.find((error) => !(error instanceof InfraError));
  if (errors.length === 1 || unforeseen !== undefined) throw unforeseen ?? errors[0];
  throw new InfraError('STACKS_FAILED', `Not ${done}: ${[...failures.keys()].join(', ')}. The reasons are above.`);
}
