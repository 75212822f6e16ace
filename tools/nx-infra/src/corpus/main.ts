import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { target } from '../targets/target.ts';
import { generate } from './generate.ts';

const { values } = parseArgs({ options: { edits: { type: 'string' } } });
const root = join(import.meta.dirname, '..', '..', '..', '..');
const folder = join(root, 'libs', 'plan-review', 'corpus');
const { success } = await target(false, (context) =>
  generate({ root, env: 'prod', folder, ...(values.edits && { edits: values.edits.split(',') }) }, context),
);
process.exitCode = success ? 0 : 1;
