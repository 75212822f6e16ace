import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');

interface Project {
  readonly targets: Readonly<
    Record<string, { readonly executor?: string; readonly dependsOn?: readonly { readonly projects?: unknown }[] }>
  >;
}

/** The packages of the workspace that an executor loads in Nx's own process, where they are what they were built to. */
async function loadedBy(executor: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, executor, 'executor.ts')],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return [...new Set(imports.map(({ path }) => path).filter((path) => path.startsWith('@gatehouse/')))];
}

it('has built what an executor loads of the workspace, also in a fresh clone', async () => {
  const projects = await Promise.all(
    ['stacks', 'apps/auth'].map(
      async (folder) => JSON.parse(await readFile(join(ROOT, folder, 'project.json'), 'utf8')) as Project,
    ),
  );
  const targets = projects.flatMap(({ targets }) => Object.values(targets));
  const needing: string[] = [];
  for (const { name } of (await readdir(import.meta.dirname, { withFileTypes: true })).filter((e) => e.isDirectory())) {
    const loaded = await loadedBy(name);
    if (loaded.length === 0) continue;
    needing.push(name);
    const built = targets
      .filter(({ executor }) => executor === `@gatehouse/nx-infra:${name}`)
      .map(({ dependsOn = [] }) => dependsOn.flatMap(({ projects }) => projects));
    expect(built.length).toBeGreaterThan(0);
    for (const each of built) {
      expect(each).toEqual(expect.arrayContaining(loaded.map((path) => path.replace('@gatehouse/', ''))));
    }
  }
  expect(needing).toEqual(expect.arrayContaining(['deploy', 'review', 'verify']));
}, 60_000);
