import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { added, type Entry, entrySchema, journalOf } from './journal.ts';

const FILE = 'journal.json';

/** Where Terraform's output lies while it applies; it is read and removed when the apply is over. */
export function outputOf(folder: string): string {
  return join(folder, 'run');
}

/**
 * What applies of a stack noted that did not come to their end: nothing, where there was none. The output of one that
 * was killed together with who watched it is read here.
 *
 * @param folder of the stack's applies
 */
export async function keptJournal(folder: string): Promise<readonly Entry[]> {
  const before = z.array(entrySchema).parse(JSON.parse(await readOr(join(folder, FILE), '[]'))) as readonly Entry[];
  const output = await readOr(join(outputOf(folder), 'stdout'), '');
  return journalOf(output).reduce(added, before);
}

/** Keeps a journal, whole or not at all, and removes the output that it was read from. */
export async function keepJournal(folder: string, journal: readonly Entry[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const file = join(folder, FILE);
  await writeFile(`${file}.new`, `${JSON.stringify(journal, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  await rm(outputOf(folder), { recursive: true, force: true });
}

/** Everything that was noted is in the state. */
export async function forgetJournal(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function readOr(file: string, otherwise: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  }
}
