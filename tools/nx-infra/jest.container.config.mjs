import { project } from '../../jest.preset.mjs';

/** What needs a Docker engine: `nx run nx-infra:container`. One file at a time, as they share the engine. */
export default {
  ...project('nx-infra-container'),
  testMatch: ['**/*.container.spec.ts'],
  maxWorkers: 1,
  testTimeout: 180_000,
};
