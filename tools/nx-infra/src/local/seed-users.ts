import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { InfraError } from '../errors.ts';

const seedSchema = z.object({
  users: z.array(z.object({ email: z.string(), password: z.string(), groups: z.array(z.string()).default([]) })),
});

export interface SeedUser {
  readonly email: string;
  readonly password: string;
  readonly groups: readonly string[];
}

/**
 * The users of the seed file, to be shown to the person who serves them. The user pool reads the file by itself.
 *
 * @throws {InfraError} `FILE_MISSING`, `FILE_MALFORMED`, without quoting the file: it holds passwords
 */
export async function readSeedUsers(file: string): Promise<readonly SeedUser[]> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new InfraError(
      'FILE_MISSING',
      `The users file ${file} is not there: nobody could sign in. Restore it, or name another one with --users.`,
    );
  });
  const seed = seedSchema.safeParse(parse(content));
  if (seed.success) return seed.data.users;
  throw new InfraError(
    'FILE_MALFORMED',
    `The users file ${file} is not JSON of the form { "users": [{ "email", "password", "groups" }] }.`,
  );
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
