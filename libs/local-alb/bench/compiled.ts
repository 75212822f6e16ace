import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..', '..');

/** A program as JavaScript. Dispose of it when it has ended. */
export interface Compiled extends AsyncDisposable {
  readonly file: string;
}

/**
 * Compiles a program of the workspace, with what it uses of the workspace, as `gatehouse-alb` and the image are: what
 * compiles it while it runs (tsx) would take memory of the process that is measured, and time, as it sets the name of each
 * function.
 *
 * @param main the path of a TypeScript file
 */
export async function compiled(main: string): Promise<Compiled> {
  // Where the packages are found that are not of the workspace.
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'alb-bench-'));
  const file = join(folder, basename(main).replace(/\.tsx?$/, '.mjs'));
  await build({
    entryPoints: [main],
    outfile: file,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    conditions: ['@gatehouse/source'],
    logLevel: 'warning',
    plugins: [
      {
        name: 'packages of others',
        setup: (bundling) =>
          bundling.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@gatehouse/') ? undefined : { external: true },
          ),
      },
    ],
  });
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
