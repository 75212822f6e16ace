import { relative } from 'node:path';

import { type ExecutorContext } from '@nx/devkit';

import { InfraError } from '../../errors.ts';
import { outputFolder, synthesize } from '../../synth/synthesize.ts';

export interface SynthExecutorOptions {
  readonly env: string;
}

/** `nx run infra:synth --env=local|dev|prod` */
export default async function synth(
  { env }: SynthExecutorOptions,
  { root }: ExecutorContext,
): Promise<{ success: boolean }> {
  const start = performance.now();
  try {
    const { stacks } = await synthesize({ root, environment: env });
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const folder = relative(root, outputFolder(root, env));
    console.log(`Synthesized ${[...stacks.keys()].join(', ')} for ${env} into ${folder} in ${seconds} s.`);
    return { success: true };
  } catch (error) {
    if (!(error instanceof InfraError)) throw error;
    console.error(error.message);
    return { success: false };
  }
}
