import { readFile } from 'node:fs/promises';

import { expect, it } from '@jest/globals';

import { localAlbErrorCodes } from './errors.ts';

it('has a row of the README for each code, and none for another', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const [, table = ''] = /## Errors\n([\s\S]*)$/.exec(readme) ?? [];
  expect([...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code)).toEqual([...localAlbErrorCodes]);
});
