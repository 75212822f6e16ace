// @ts-check
import { mkdirSync, writeFileSync } from 'node:fs';

/** A Jest reporter that leaves the number of passed and failed tests of a project in `artifacts/tests/<project>.json`. */
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
    };
    writeFileSync(new URL(`${this.project}.json`, folder), `${JSON.stringify(counts)}\n`);
  }
}
