import { readFile } from 'node:fs/promises';

import { type Review, review, ReviewError, type StackInput } from '@gatehouse/plan-review';

import { InfraError } from '../../errors.ts';
import { type Folders } from '../folder.ts';
import { type StackPlan } from '../plan/plan-stack.ts';
import { sourcesOfStack } from './sources.ts';
import { readWaivers } from './waivers.ts';

export interface Reading {
  /** The workspace. */
  readonly root: string;
  readonly env: string;
  readonly folders: Pick<Folders, 'synthesized'>;
  /** In UTC, as 2026-11-22. */
  readonly today: string;
}

/**
 * Reviews the plans of an environment's stacks as one change. It is given them with their secrets, so that it knows
 * what to keep back, and gives back none.
 *
 * @throws {InfraError} `REVIEW_REFUSED`
 */
export async function readOver(
  plans: ReadonlyMap<string, Pick<StackPlan, 'shown' | 'assumptions'>>,
  { root, env, folders, today }: Reading,
): Promise<Review> {
  try {
    const waivers = await readWaivers(root, env);
    const inputs = [...plans].map(async ([stack, { shown: plan, assumptions }]): Promise<StackInput> => {
      const synthesized: unknown = JSON.parse(await readFile(folders.synthesized(stack), 'utf8'));
      return { stack, plan, assumptions, sources: await sourcesOfStack(root, stack, synthesized) };
    });
    return review(await Promise.all(inputs), { waivers, today });
  } catch (error) {
    if (!(error instanceof ReviewError)) throw error;
    throw new InfraError('REVIEW_REFUSED', `Nothing was reviewed (${error.code}). ${error.message}`, { cause: error });
  }
}
