import { project } from '../../jest.preset.mjs';

export default { ...project('auth-e2e'), testTimeout: 120_000 };
