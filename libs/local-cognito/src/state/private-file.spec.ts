import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { freshStateFolder } from '../testdata/folder.ts';
import { readPrivateJson, writePrivateJson } from './private-file.ts';

it('replaces a file whole, keeps its mode and leaves nothing beside it', async () => {
  const folder = await freshStateFolder();
  const file = join(folder, 'x.json');
  expect(await readPrivateJson(file)).toBeUndefined();
  await writePrivateJson(file, { a: 1 });
  await writePrivateJson(file, { a: 2 });
  expect(await readPrivateJson(file)).toEqual({ a: 2 });
  expect(await readdir(folder)).toEqual(['x.json']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});
