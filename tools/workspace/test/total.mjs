// @ts-check
/** Adds up the tests of all suites that have run since `npm test` began, and prints the one line that counts them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where each suite leaves its counts: `{ passed, failed, skipped }` in a file of its own. */
export const COUNTS = fileURLToPath(new URL('../../../artifacts/tests/', import.meta.url));

/** @returns {{ passed: number, failed: number, skipped: number }} */
export function total() {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const file of readdirSync(COUNTS)) {
    const result = JSON.parse(readFileSync(`${COUNTS}${file}`, 'utf8'));
    sum.passed += result.passed;
    sum.failed += result.failed;
    sum.skipped += result.skipped;
  }
  return sum;
}

/** @returns {boolean} whether tests ran, and none failed */
export function printTotal() {
  const { passed, failed, skipped } = total();
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 && passed > 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = printTotal() ? 0 : 1;
