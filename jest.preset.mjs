import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * The Jest configuration that every project shares: ES modules, compiled by SWC, with workspace packages resolved to
 * their sources. Run Jest with `--experimental-vm-modules`, as the `test` targets do.
 *
 * @param {string} displayName the Nx project's name
 * @returns {import('jest').Config}
 */
export function project(displayName) {
  return {
    displayName,
    testMatch: ['**/*.spec.ts', '**/*.spec.tsx'],
    testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    modulePathIgnorePatterns: ['/dist/', '/cdktf.out/'],
    // Nothing here looks at a clock: a busy machine takes longer, and is no failure.
    testTimeout: 30_000,
    testEnvironment: 'node',
    testEnvironmentOptions: { customExportConditions: ['@gatehouse/source', 'node', 'node-addons'] },
    extensionsToTreatAsEsm: ['.ts', '.tsx'],
    transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
    coverageProvider: 'v8',
    coverageDirectory: `${root}artifacts/coverage/${displayName}`,
    reporters: ['default', [`${root}tools/workspace/test/count-reporter.mjs`, { project: displayName }]],
  };
}

/** SWC's options for a test: what `tsconfig.base.json` says, with decorator metadata for NestJS. */
export const swc = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic', importSource: 'preact' },
    },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};
