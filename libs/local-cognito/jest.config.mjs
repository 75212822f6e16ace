import { project } from '../../jest.preset.mjs';

// Passwords are hashed as they are in earnest, which takes its time on a machine that is busy.
export default { ...project('local-cognito'), testTimeout: 60_000 };
