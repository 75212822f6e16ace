import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];
afterAll(() => Promise.all(made.map((folder) => rm(folder, { recursive: true }))));

/** A folder that goes away when the spec is through. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'local-cognito-'));
  made.push(folder);
  return folder;
}

/** A state folder that does not exist yet. */
export async function freshStateFolder(): Promise<string> {
  return join(await temporaryFolder(), 'state');
}
