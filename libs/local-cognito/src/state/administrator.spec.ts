import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { freshStateFolder } from '../testdata/folder.ts';
import { loadAdministrator } from './administrator.ts';

it('are the same after a restart, and for their owner alone', async () => {
  const folder = await freshStateFolder();
  const made = await loadAdministrator(folder);
  expect(await loadAdministrator(folder)).toEqual(made);
  expect((await stat(join(folder, 'administrator.json'))).mode & 0o777).toBe(0o600);
  expect(made.accessKeyId).toMatch(/^LOCAL/);
});

it('are not taken from a damaged file, which is not quoted', async () => {
  const folder = await freshStateFolder();
  await loadAdministrator(folder);
  await writeFile(join(folder, 'administrator.json'), '{"secretAccessKey":"canary"}');
  await expect(loadAdministrator(folder)).rejects.toThrow(expect.objectContaining({ code: 'STATE_UNREADABLE' }));
  await expect(loadAdministrator(folder)).rejects.not.toThrow(/canary/);
});
