// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** Enough of a failure to see which it is, where a log keeps no more than its end. */
const SHOWN_LINES = 20;

/** A Jest reporter that leaves in `artifacts/tests/<project>.json` what became of a project's tests: how many, and what failed. */
export default class CountReporter {
  /**
   * @param {unknown} _globalConfig
   * @param {{ project: string }} options
   */
  constructor(_globalConfig, { project }) {
    this.project = project;
  }

  /**
   * @param {unknown} _contexts
   * @param {import('@jest/test-result').AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const folder = new URL('../../../artifacts/tests/', import.meta.url);
    mkdirSync(folder, { recursive: true });
    const counts = {
      passed: results.numPassedTests,
      // A suite that could not be run has no tests to fail, yet it has failed.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      failures: results.testResults.flatMap(failuresOf),
    };
    writeFileSync(new URL(`${this.project}.json`, folder), `${JSON.stringify(counts)}\n`);
  }
}

/**
 * @param {import('@jest/test-result').TestResult} suite
 * @returns {string[]} what failed, each with the first lines of why
 */
export function failuresOf({ testResults, testExecError, testFilePath, failureMessage }) {
  if (testExecError) return [shortened(`${testFilePath}\n${failureMessage ?? testExecError.message}`)];
  return testResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => shortened(`${fullName}\n${failureMessages.join('\n')}`));
}

/** @param {string} text */
function shortened(text) {
  return stripVTControlCharacters(text).split('\n').slice(0, SHOWN_LINES).join('\n  ');
}
