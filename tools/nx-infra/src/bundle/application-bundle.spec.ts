import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';

import { applicationBundle } from './application-bundle.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..');
const MAIN = 'apps/auth/src/main.ts';
const OUTFILE = 'apps/auth/dist/main.js';
const FOLDERS = ['a', join('somewhere else', 'deeper', 'ü')];
/** What a machine may have otherwise. */
const MACHINES = [
  { TZ: 'UTC', LANG: 'C', LC_ALL: 'C', USER: 'alice', HOME: '/home/alice' },
  { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', USER: 'bob', HOME: '/home/bob', CI: 'true' },
];
const LONGEST_MS = 120_000;

/** The files that a bundle is made of, and those that decide how they are found. */
async function sources(): Promise<readonly string[]> {
  const options = applicationBundle({ root: ROOT, main: join(ROOT, MAIN), outfile: join(ROOT, OUTFILE) });
  const { metafile } = await build({ ...options, write: false, metafile: true });
  const inputs = Object.keys(metafile.inputs);
  const deciding = new Set<string>();
  for (const input of inputs) {
    for (let folder = dirname(input); ; folder = dirname(folder)) {
      for (const file of ['package.json', 'tsconfig.json', 'tsconfig.base.json']) {
        if (existsSync(join(ROOT, folder, file))) deciding.add(join(folder, file));
      }
      if (folder === '.') break;
    }
  }
  return [...new Set([...inputs, ...deciding])];
}

/** A copy of what a bundle is made of, with packages and the links between them. */
async function copy(files: readonly string[], folder: string): Promise<void> {
  for (const file of files) await cp(join(ROOT, file), join(folder, file));
  const links = join('node_modules', '@gatehouse');
  await mkdir(join(folder, links), { recursive: true });
  for (const name of readdirSync(join(ROOT, links))) {
    await symlink(await readlink(join(ROOT, links, name)), join(folder, links, name));
  }
}

/** Bundles as `nx build auth` does, in a process of its own. */
async function bundle(root: string, env: NodeJS.ProcessEnv): Promise<string> {
  const executor = pathToFileURL(join(import.meta.dirname, '..', 'executors', 'bundle', 'executor.ts')).href;
  const script = `process.umask(${env['CI'] ? '0o077' : '0o022'});
    const { default: bundle } = await import(${JSON.stringify(executor)});
    const options = { main: ${JSON.stringify(MAIN)}, outfile: ${JSON.stringify(OUTFILE)} };
    const { success } = await bundle(options, { root: ${JSON.stringify(root)} });
    process.exitCode = success ? 0 : 1;`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [ended, said] = await Promise.all([once(child, 'close'), text(child.stderr)]);
  const [code] = ended as [number | null];
  if (code !== 0) throw new Error(said);
  return readFile(join(root, OUTFILE), 'utf8');
}

describe('the bundle of the application', () => {
  let work: string;
  let bundles: readonly string[];
  let roots: readonly string[];

  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'gatehouse-bundle-'));
    roots = FOLDERS.map((folder) => join(work, folder));
    const files = await sources();
    for (const root of roots) await copy(files, root);
    bundles = await Promise.all(roots.map((root, index) => bundle(root, MACHINES[index] ?? {})));
  }, LONGEST_MS);
  afterAll(() => rm(work, { recursive: true, force: true }));

  it('is the same, byte for byte, wherever the workspace lies and whoever builds it', () => {
    const [one = '', other = ''] = bundles;
    expect(one.length).toBeGreaterThan(100_000);
    // Not toBe, which would print megabytes.
    expect(one === other).toBe(true);
  });

  it(
    'is another for another source',
    async () => {
      const [root = ''] = roots;
      const file = join(root, 'apps/auth/src/health/health.controller.ts');
      const source = await readFile(file, 'utf8');
      await writeFile(
        file,
        `${source}
console.log('another');
`,
      );
      expect((await bundle(root, MACHINES[0] ?? {})) === bundles[0]).toBe(false);
    },
    LONGEST_MS,
  );

  it('says nothing of where or by whom it was built', () => {
    for (const place of [work, ROOT, homedir(), tmpdir(), '/home/alice', '/home/bob']) {
      for (const each of bundles) expect(each.includes(`${place}/`)).toBe(false);
    }
  });
});
