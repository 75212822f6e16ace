import { type ExecutorContext } from '@nx/devkit';

import { review, type ReviewOptions } from '../../targets/review/review.ts';
import { target } from '../../targets/target.ts';

export interface ReviewExecutorOptions extends Omit<ReviewOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run infra:review --env=dev|prod [--out=DIR] [--image-digest=sha256:…] [--json]` */
export default function executor(
  { json, ...options }: ReviewExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => review({ root, ...options }, context));
}
