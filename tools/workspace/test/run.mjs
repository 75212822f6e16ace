// @ts-check
/**
 * `npm test`: every check of every project, then one line that counts the tests of all suites.
 * Results that nothing has changed since are taken from Nx's cache.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { findBrowser } from '../setup/browser.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const counts = `${root}artifacts/tests/`;

rmSync(counts, { recursive: true, force: true });
mkdirSync(counts, { recursive: true });

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

const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of readdirSync(counts)) {
  const result = JSON.parse(readFileSync(`${counts}${file}`, 'utf8'));
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = failed.length > 0 || total.failed > 0 || total.passed === 0 ? 1 : 0;
