// @ts-check
/** Adds up the tests of all suites that have run since `npm test` began, and prints what failed, and the one line that counts them. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where each suite leaves its counts, and what failed: `{ passed, failed, skipped, failures }` in a file of its own. */
export const COUNTS = fileURLToPath(new URL('../../../artifacts/tests/', import.meta.url));

/** @returns {{ passed: number, failed: number, skipped: number, failures: string[] }} */
export function total() {
  const sum = { passed: 0, failed: 0, skipped: 0, failures: /** @type {string[]} */ ([]) };
  for (const file of readdirSync(COUNTS)) {
    const result = JSON.parse(readFileSync(`${COUNTS}${file}`, 'utf8'));
    sum.passed += result.passed;
    sum.failed += result.failed;
    sum.skipped += result.skipped;
    sum.failures.push(...(result.failures ?? []));
  }
  return sum;
}

/** @returns {boolean} whether tests ran, and none failed */
export function printTotal() {
  const { passed, failed, skipped, failures } = total();
  for (const failure of failures) console.log(`Failed: ${failure}`);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  return failed === 0 && passed > 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = printTotal() ? 0 : 1;
