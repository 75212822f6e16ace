import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parseWaivers, type Waiver } from '@gatehouse/plan-review';

/** The waivers of an environment, relative to the workspace: beside its description, and reviewed like that. */
export function waiversFile(env: string): string {
  return join('stacks', 'environments', `${env}.waivers.json`);
}

/**
 * What is meant in an environment although it stops a review. None where there is no such file.
 *
 * @throws {ReviewError} `WAIVERS_MALFORMED`
 */
export async function readWaivers(root: string, env: string): Promise<readonly Waiver[]> {
  const file = waiversFile(env);
  try {
    return parseWaivers(await readFile(join(root, file), 'utf8'), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
