import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Credentials } from './browser.ts';
import { WORKSPACE } from './workspace-copy.ts';

/** A user of the seed file, with the password that `nx serve auth` prints. */
export async function demoUser(name: 'alice' | 'bob'): Promise<Credentials> {
  const file = join(WORKSPACE, 'apps', 'auth', 'users.local.json');
  const { users } = JSON.parse(await readFile(file, 'utf8')) as { users: Credentials[] };
  const user = users.find((candidate) => candidate.email === `${name}@example.com`);
  if (user === undefined) throw new Error(`${file} has no user ${name}`);
  return user;
}
