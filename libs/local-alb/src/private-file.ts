import { randomUUID } from 'node:crypto';
import { chmod, link, mkdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Creates the folder, for its owner alone, unless it is there. */
export async function ensurePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Reads a file that holds a secret, and takes it from everyone but its owner. `undefined` when there is none. */
export async function readPrivateFile(file: string): Promise<string | undefined> {
  try {
    await chmod(file, 0o600);
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file as a whole or not at all, readable by its owner alone unless `mode` says otherwise. */
export async function writePrivateFile(file: string, content: string, mode = 0o600): Promise<void> {
  const draft = await writeDraft(file, content, mode);
  await rename(draft, file);
}

/** The file's content; when there is none, that of `create`, which is kept. Two processes at once agree on one. */
export async function readOrCreatePrivateFile(file: string, create: () => string): Promise<string> {
  const existing = await readPrivateFile(file);
  if (existing !== undefined) return existing;
  const draft = await writeDraft(file, create(), 0o600);
  try {
    // Unlike a rename, a link never replaces a file that another process made meanwhile.
    await link(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
  return readFile(file, 'utf8');
}

async function writeDraft(file: string, content: string, mode: number): Promise<string> {
  const draft = join(dirname(file), `.${randomUUID()}.draft`);
  await writeFile(draft, content, { mode, flag: 'wx' });
  return draft;
}
