import { type ExecutorContext } from '@nx/devkit';

import { terminalAsk } from '../../targets/deploy/ask.ts';
import { destroy, type DestroyOptions } from '../../targets/destroy/destroy.ts';
import { target } from '../../targets/target.ts';

export interface DestroyExecutorOptions extends Omit<DestroyOptions, 'root'> {
  readonly json: boolean;
}

/** `nx run infra:destroy --env=dev|prod [--stack=alb] [--yes --confirm=<env>] [--json]` */
export default function executor(
  { json, ...options }: DestroyExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  return target(json, (context) => {
    const ask = terminalAsk({ input: process.stdin, output: process.stderr }, context.signal);
    return destroy({ root, ...options }, context, ask);
  });
}
