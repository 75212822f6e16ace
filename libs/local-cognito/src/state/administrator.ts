import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readPrivateJson, unreadable, writePrivateJson } from './private-file.ts';

const file = 'administrator.json';

/** What the administrator of the pool has, and nobody else. Not to be logged. */
export interface Administrator {
  /** For the AWS SDK: the operations that AWS has signed are signed with it here. */
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Opens the inbox. */
  readonly inboxKey: string;
}

const schema = z.strictObject({
  // The shape of AWS's, with a prefix that no real key has.
  accessKeyId: z.string().regex(/^LOCAL[A-Z0-9]{15}$/),
  secretAccessKey: z.string().min(40),
  inboxKey: z.string().min(32),
});

/**
 * The administrator's keys of a state folder, made on first use.
 *
 * @throws LocalUserPoolError `STATE_UNREADABLE`
 */
export async function loadAdministrator(stateFolder: string): Promise<Administrator> {
  const path = join(stateFolder, file);
  const stored = await readPrivateJson(path);
  if (stored !== undefined) {
    const parsed = schema.safeParse(stored);
    if (!parsed.success) throw unreadable(path);
    return parsed.data;
  }
  const made = {
    accessKeyId: `LOCAL${randomBytes(8).toString('hex').slice(0, 15).toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    inboxKey: randomBytes(24).toString('base64url'),
  };
  await writePrivateJson(path, made);
  return made;
}
