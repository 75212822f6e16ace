import { join } from 'node:path';

import { build, type BuildFailure, formatMessages } from 'esbuild';

import { InfraError } from '../errors.ts';

/**
 * Bundles the CDKTF application into one file.
 *
 * @returns the source files that went in, relative to the workspace
 * @throws {InfraError} `SYNTH_FAILED`, with the compiler's messages.
 */
export async function bundleStacks(root: string, outfile: string): Promise<readonly string[]> {
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [join(root, 'stacks', 'main.ts')],
      outfile,
      bundle: true,
      metafile: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      keepNames: true,
      logLevel: 'silent',
      banner: {
        js: [
          `import { createRequire as __createRequire } from 'node:module';`,
          `const require = __createRequire(import.meta.url);`,
          `const __filename = import.meta.filename;`,
          `const __dirname = import.meta.dirname;`,
        ].join('\n'),
      },
    });
    return Object.keys(metafile.inputs);
  } catch (error) {
    const messages = await formatMessages((error as BuildFailure).errors ?? [{ text: String(error) }], {
      kind: 'error',
    });
    throw new InfraError('SYNTH_FAILED', `stacks/ does not compile:\n${messages.join('').trim()}`, { cause: error });
  }
}
