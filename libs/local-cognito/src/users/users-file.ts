import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { LocalUserPoolError } from '../errors.ts';
import { deriveSub, type User } from './user.ts';

/** A user of the seed file: a user, and the password to hash. */
export interface SeedUser extends User {
  readonly password: string;
}

const schema = z.strictObject({
  users: z.array(
    z.strictObject({
      // cognito-idp API, UsernameType.
      username: z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, 'must be 1 to 128 characters without spaces'),
      email: z.email(),
      email_verified: z.boolean().default(true),
      name: z.string().min(1).max(2048).optional(),
      password: z.string().min(1).max(256),
      groups: z.array(z.string()).default([]),
      sub: z.uuid().optional(),
    }),
  ),
});

/**
 * Reads the seed file.
 *
 * @param issuer of the pool, of which a missing `sub` is derived
 * @param groups that the pool has; a user in any other is refused, as AdminAddUserToGroup would
 * @throws LocalUserPoolError `USERS_INVALID`; the message never quotes the file, as it holds passwords
 */
export async function readUsersFile(file: string, issuer: string, groups: readonly string[]): Promise<SeedUser[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw invalid(file, ['cannot be read'], cause);
  }
  return parseUsers(text, file, issuer, groups);
}

/** {@link readUsersFile} without the disk. */
export function parseUsers(text: string, file: string, issuer: string, groups: readonly string[]): SeedUser[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text around the mistake, which may be a password.
    throw invalid(file, ['is not JSON']);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw invalid(
      file,
      parsed.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.message}`),
    );
  }
  const users = parsed.data.users.map((user): SeedUser => ({
    sub: user.sub ?? deriveSub(issuer, user.username),
    username: user.username,
    attributes: { email: user.email, ...(user.name !== undefined && { name: user.name }) },
    emailVerified: user.email_verified,
    groups: user.groups,
    password: user.password,
  }));
  const problems = [...duplicates(users), ...unknownGroups(users, groups)];
  if (problems.length > 0) throw invalid(file, problems);
  return users;
}

function* duplicates(users: readonly SeedUser[]): Generator<string> {
  const seen = new Set<string>();
  for (const user of users) {
    const keys = { username: user.username.toLowerCase(), email: user.attributes.email.toLowerCase(), sub: user.sub };
    for (const [field, value] of Object.entries(keys)) {
      const key = `${field} ${value}`;
      if (seen.has(key)) yield `${field} "${value}" is used twice`;
      seen.add(key);
    }
  }
}

function* unknownGroups(users: readonly SeedUser[], groups: readonly string[]): Generator<string> {
  for (const user of users) {
    for (const group of user.groups) {
      if (!groups.includes(group)) yield `user "${user.username}" is in group "${group}", which the pool does not have`;
    }
  }
}

function invalid(file: string, lines: readonly string[], cause?: unknown): LocalUserPoolError {
  return new LocalUserPoolError(
    'USERS_INVALID',
    [
      `The file of users ${file} cannot seed the pool:`,
      ...lines.map((line) => `  ${line}`),
      'Nobody could sign in as intended. Expected: { "users": [{ "username", "email", "password", "name"?, "groups"?, "sub"? }] }.',
    ].join('\n'),
    { cause },
  );
}
