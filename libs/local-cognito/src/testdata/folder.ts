import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A state folder that does not exist yet, in a temporary folder of its own. */
export async function freshStateFolder(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'local-cognito-')), 'state');
}
