import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { LocalUserPoolError } from '../errors.ts';

/**
 * Reads a JSON file of the state folder.
 *
 * @returns `undefined` when there is none yet
 * @throws LocalUserPoolError `STATE_UNREADABLE`
 */
export async function readPrivateJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // No cause: a JSON parser quotes what it could not read, and this is a file of secrets.
    throw unreadable(file);
  }
}

/**
 * Writes a JSON file that only its owner can read (mode 0600, folder 0700), whole or not at all: into a new file first,
 * flushed, then renamed over the old one.
 */
export async function writePrivateJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(fresh, 'wx', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(value, undefined, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
}

/** The error for a file of the state folder that does not hold what it should. */
export function unreadable(file: string): LocalUserPoolError {
  return new LocalUserPoolError(
    'STATE_UNREADABLE',
    `${file} cannot be read as what the local user pool keeps there. ` +
      'Without it, tokens and secrets handed out before are worth nothing. Delete the file to have a new one made.',
  );
}
