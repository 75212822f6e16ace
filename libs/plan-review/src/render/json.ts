import { type Review } from '../review.ts';

/** The review for machines: one JSON object, the same for the same review. */
export function renderJson(review: Review): string {
  return `${JSON.stringify(review, null, 2)}\n`;
}
