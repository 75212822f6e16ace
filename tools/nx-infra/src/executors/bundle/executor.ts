import { join } from 'node:path';

import { type ExecutorContext } from '@nx/devkit';
import { build, type BuildFailure, formatMessages } from 'esbuild';

import { applicationBundle } from '../../bundle/application-bundle.ts';

export interface BundleOptions {
  readonly main: string;
  readonly outfile: string;
}

/** `nx build auth`: one ES module that holds the application and everything it imports. */
export default async function bundle(options: BundleOptions, context: ExecutorContext): Promise<{ success: boolean }> {
  const { root } = context;
  try {
    await build(applicationBundle({ root, main: join(root, options.main), outfile: join(root, options.outfile) }));
    return { success: true };
  } catch (error) {
    const messages = await formatMessages((error as BuildFailure).errors ?? [{ text: String(error) }], {
      kind: 'error',
    });
    console.error(messages.join(''));
    return { success: false };
  }
}
