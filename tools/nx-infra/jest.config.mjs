import { project } from '../../jest.preset.mjs';

const base = project('nx-infra');

export default {
  ...base,
  // They need a Docker engine, and have a target of their own.
  testPathIgnorePatterns: [...(base.testPathIgnorePatterns ?? []), '\\.container\\.spec\\.ts$'],
};
