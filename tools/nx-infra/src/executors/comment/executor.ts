import { type ExecutorContext } from '@nx/devkit';

import { comment } from '../../delivery/comment.ts';
import { githubOf } from '../../github/github.ts';
import { target } from '../../targets/target.ts';

export interface CommentExecutorOptions {
  readonly reviews: string;
  readonly json: boolean;
}

/** `nx run infra:comment --reviews=DIR [--json]`, in the workflow of a pull request */
export default function executor(
  { json, reviews }: CommentExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, () => comment({ root, reviews, event: process.env['GITHUB_EVENT_PATH'] }, githubOf(process.env)));
}
