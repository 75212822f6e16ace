// @ts-check
/**
 * `npm test`: every check of every project, then one line that counts the tests of all suites.
 * Results that nothing has changed since are taken from Nx's cache.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { findBrowser } from '../setup/browser.mjs';
import { COUNTS, printTotal } from './total.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

rmSync(COUNTS, { recursive: true, force: true });
mkdirSync(COUNTS, { recursive: true });

const checks = [
  ['prettier', '--check', '--log-level=warn', '.'],
  ['nx', 'run-many', '-t', 'lint', 'typecheck', 'test', 'build'],
  // Alone, as it listens on ports and watches the clock.
  ['nx', 'run', 'auth-e2e:e2e'],
];
const env = { ...process.env, CHROME_PATH: findBrowser() };
const failed = checks.filter(([command = '', ...args]) => {
  const { status } = spawnSync(command, args, {
    cwd: root,
    env,
    // What hangs is a failure too.
    timeout: 30 * 60_000,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return status !== 0;
});
for (const check of failed) console.error(`Failed: ${check.join(' ')}`);

process.exitCode = printTotal() && failed.length === 0 ? 0 : 1;
