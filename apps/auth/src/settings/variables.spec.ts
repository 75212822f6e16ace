import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { variables } from './variables.ts';

it('are the rows of the reference', async () => {
  const page = await readFile(join(import.meta.dirname, '../../../../docs/reference/application.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect(rows).toEqual(Object.keys(variables));
});
