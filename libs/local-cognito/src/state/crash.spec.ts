import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { Store } from '../provider/store.ts';
import { temporaryFolder } from '../testdata/folder.ts';
import { UserDirectory } from '../users/directory.ts';
import { StateStore } from './state-store.ts';

const folders = 10;
const roundsEach = 20;

interface Acknowledged {
  readonly added?: string;
  readonly counted?: number;
  readonly issued?: string;
  readonly removed?: string;
}

/** Bundled once: a process is to spend its short life writing. */
async function bundle(): Promise<string> {
  const outfile = join(await temporaryFolder(), 'crashing-pool.mjs');
  const banner =
    "import { createRequire } from 'node:module'; const fromWorkspace = createRequire(process.argv[3]); const require = fromWorkspace;";
  await build({
    entryPoints: [fileURLToPath(new URL('../testdata/crashing-pool.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    banner: { js: banner },
    plugins: [
      {
        name: 'native packages stay where they are',
        setup: ({ onResolve, onLoad }) => {
          onResolve({ filter: /^(classic-level|@node-rs\/argon2)$/ }, ({ path }) => ({ path, namespace: 'native' }));
          onLoad({ filter: /.*/, namespace: 'native' }, ({ path }) => ({
            contents: `module.exports = fromWorkspace('${path}');`,
          }));
        },
      },
    ],
  });
  return outfile;
}

/** Lets a process write, and kills it in the middle of that. */
function crash(program: string, folder: string): Promise<readonly Acknowledged[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, folder, import.meta.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    let killing: NodeJS.Timeout | undefined;
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text: string) => {
      said += text;
      killing ??= setTimeout(() => child.kill('SIGKILL'), Math.random() * 40);
    });
    child.on('error', reject);
    child.on('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the process ended by itself: ${said}`));
      const lines = said.split('\n').slice(0, -1);
      resolve(lines.map((line) => JSON.parse(line) as Acknowledged));
    });
  });
}

/** Kills processes on one folder, one after another, and looks each time for what they had acknowledged. */
async function crashAgainAndAgain(program: string): Promise<void> {
  const folder = join(await temporaryFolder(), 'state');
  const [there, gone, issued] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let count = 0;
  for (let round = 0; round < roundsEach; round++) {
    for (const { added, counted, issued: token, removed } of await crash(program, folder)) {
      if (added !== undefined) there.add(added);
      if (token !== undefined) issued.add(token);
      if (counted !== undefined) count = Math.max(count, counted);
      if (removed !== undefined) {
        there.delete(removed);
        gone.add(removed);
      }
    }
    const state = await StateStore.open(folder);
    const users = await UserDirectory.open(state, Date.now, []);
    const tokens = (await Store.open(state, Date.now, () => new Error('used'))).adapter('RefreshToken');
    expect([...gone].filter((sub) => users.find(sub))).toEqual([]);
    // Somebody whose removal was not acknowledged, one a lane at most, may be gone or not.
    const lost = [...there].filter((sub) => !users.find(sub));
    expect(lost.length).toBeLessThanOrEqual(6);
    for (const sub of lost) there.delete(sub);
    const found = await Promise.all([...issued].map((sub) => tokens.find(sub)));
    expect(found.includes(undefined)).toBe(false);
    const counter = users.find('counter');
    expect(Number(counter?.attributes['count'] ?? 0)).toBeGreaterThanOrEqual(count);
    // A record is whole: both of its parts are of the same change.
    expect(counter?.groups[0]).toBe(counter?.attributes['count']);
    await state.close();
  }
  expect([count > roundsEach, issued.size > roundsEach, gone.size > 0]).toEqual([true, true, true]);
}

it(`loses nothing that was acknowledged in ${folders * roundsEach} crashes`, async () => {
  const program = await bundle();
  for (let number = 0; number < folders; number++) await crashAgainAndAgain(program);
}, 300_000);
