import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { renderJson, renderMarkdown, type Review } from '@gatehouse/plan-review';

/** What is read of a review: for a pull request, the whole of it, and for machines. */
export const READ = ['review.md', 'review.full.md', 'review.json'] as const;

/** Writes a review into a folder that is there. It holds no secret: the folder beside it does. */
export async function writeReview(review: Review, folder: string): Promise<void> {
  const texts = [renderMarkdown(review), renderMarkdown(review, Infinity), renderJson(review)];
  for (const [index, name] of READ.entries()) await writeFile(join(folder, name), texts[index] ?? '');
}

export async function removeReview(folder: string): Promise<void> {
  for (const name of READ) await rm(join(folder, name), { force: true });
}
