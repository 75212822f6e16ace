import { type ExecutorContext } from '@nx/devkit';

import { review, type ReviewOptions } from '../../targets/review/review.ts';
import { target } from '../../targets/target.ts';

export interface ReviewExecutorOptions extends Omit<ReviewOptions, 'root' | 'today'> {
  readonly json: boolean;
}

/** `nx run infra:review --env=dev|prod [--out=DIR] [--image-digest=sha256:…] [--fail-on=look|stop|never] [--json]` */
export default function executor(
  { json, ...options }: ReviewExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => review({ root, ...options }, context));
}
