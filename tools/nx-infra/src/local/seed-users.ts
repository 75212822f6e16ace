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
 * @throws {InfraError} `FILE_MISSING`
 */
export async function readSeedUsers(file: string): Promise<readonly SeedUser[]> {
  const content = await readFile(file, 'utf8').catch(() => {
    throw new InfraError(
      'FILE_MISSING',
      `The users file ${file} is not there: nobody could sign in. Restore it, or name another one with --users.`,
    );
  });
  return seedSchema.parse(JSON.parse(content)).users;
}
