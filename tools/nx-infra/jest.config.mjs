import { project } from '../../jest.preset.mjs';

const base = project('nx-infra');

export default {
  ...base,
  // The ones need a Docker engine, the others take minutes: each have a target of their own.
  testPathIgnorePatterns: [...(base.testPathIgnorePatterns ?? []), '\\.(container|rehearsal)\\.spec\\.ts$'],
};
