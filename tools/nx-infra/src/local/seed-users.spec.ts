import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { readSeedUsers } from './seed-users.ts';

describe('readSeedUsers', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'users-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('reads who can sign in', async () => {
    const file = join(folder, 'users.json');
    await writeFile(file, JSON.stringify({ users: [{ username: 'a', email: 'a@example.com', password: 'p' }] }));
    expect(await readSeedUsers(file)).toEqual([{ email: 'a@example.com', password: 'p', groups: [] }]);
  });

  it('says that nobody could sign in when the file is not there', async () => {
    await expect(readSeedUsers(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });

  it.each([
    '',
    '{ "password": "hunter2" ',
    '["hunter2"]',
    '{"users":[{"email":"a@example.com","password":["hunter2"]}]}',
  ])('refuses %j without quoting it, as it holds passwords', async (text) => {
    const file = join(folder, 'users.json');
    await writeFile(file, text);
    await expect(readSeedUsers(file)).rejects.toMatchObject({
      code: 'FILE_MALFORMED',
      message: expect.not.stringContaining('hunter2'),
    });
  });
});
