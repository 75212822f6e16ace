import root from '../../../eslint.config.mjs';

/** Examples import the package by its name, as the applications do that they are for. */
export default [...root, { files: ['**/*.ts'], rules: { '@nx/enforce-module-boundaries': 'off' } }];
