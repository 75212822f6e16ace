import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateJson, unreadable, writePrivateJson } from './private-file.ts';

const file = 'client-secrets.json';
const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
const length = 52;

/**
 * The secrets of app clients, by client id, made on first use and kept over restarts.
 *
 * @throws LocalUserPoolError `STATE_UNREADABLE`
 */
export async function loadClientSecrets(
  stateFolder: string,
  clientIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const path = join(stateFolder, file);
  const stored = z.record(z.string(), z.string().min(24)).safeParse((await readPrivateJson(path)) ?? {});
  if (!stored.success) throw unreadable(path);

  const secrets = new Map(Object.entries(stored.data));
  const missing = clientIds.filter((id) => !secrets.has(id));
  for (const id of missing) secrets.set(id, makeSecret());
  // A secret of a client that is gone stays: the client may come back with the next edit of the stack.
  if (missing.length > 0) await writePrivateJson(path, Object.fromEntries(secrets));
  return new Map([...secrets].filter(([id]) => clientIds.includes(id)));
}

function makeSecret(): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
