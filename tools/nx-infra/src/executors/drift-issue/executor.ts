import { type ExecutorContext } from '@nx/devkit';

import { driftIssue, type DriftIssueOptions } from '../../delivery/drift-issue.ts';
import { githubOf } from '../../github/github.ts';
import { target } from '../../targets/target.ts';

export interface DriftIssueExecutorOptions extends Omit<DriftIssueOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run infra:drift-issue --env=dev|prod --report=FILE [--json]` */
export default function executor(
  { json, ...options }: DriftIssueExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, () => driftIssue({ root, ...options }, githubOf(process.env)));
}
