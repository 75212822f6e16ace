import { project } from '../../jest.preset.mjs';

/** What applies all the stacks of an environment to the simulated AWS, for minutes: `nx run nx-infra:rehearsal`. */
export default {
  ...project('nx-infra-rehearsal'),
  testMatch: ['**/*.rehearsal.spec.ts'],
  maxWorkers: 1,
  testTimeout: 1_200_000,
};
