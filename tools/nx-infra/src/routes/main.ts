import { parseArgs } from 'node:util';

import { target } from '../targets/target.ts';
import { routes } from './routes.ts';

/** The process behind `nx run auth:routes`. */
const { values } = parseArgs({
  options: {
    program: { type: 'string', default: '' },
    exceptions: { type: 'string', default: '' },
    env: { type: 'string', multiple: true, default: [] },
    json: { type: 'boolean', default: false },
  },
});
const { program, exceptions, env: environments, json } = values;
const { success } = await target(json, () => routes({ root: process.cwd(), program, exceptions, environments }));
process.exitCode = success ? 0 : 1;
