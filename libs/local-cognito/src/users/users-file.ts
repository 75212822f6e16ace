import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { LocalUserPoolError } from '../errors.ts';
import { type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { attributesProblem } from './attributes.ts';
import { type Attributes, deriveSub, type User } from './user.ts';

/** A user of the seed file, and the password that it gives them. */
export interface SeedUser {
  readonly user: User;
  readonly password: string;
}

type SeedSettings = Pick<UserPoolSettings, 'attributes' | 'groups'>;

// cognito-idp API, UsernameType.
export const usernameShape = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

const fileSchema = z.strictObject({ users: z.array(z.unknown()) });
const userSchema = z.strictObject({
  username: z.string().regex(usernameShape, 'must be 1 to 128 characters without spaces'),
  email: z.email(),
  email_verified: z.boolean().default(true),
  name: z.string().min(1).max(2048).optional(),
  attributes: z.record(z.string(), z.string()).default({}),
  password: z.string().min(1).max(256),
  groups: z.array(z.string()).default([]),
  sub: z.uuid().optional(),
});

type SeedBody = z.infer<typeof userSchema>;

/**
 * Reads the seed file.
 *
 * @param issuer of the pool, of which a missing `sub` is derived
 * @param settings of the pool: a user in a group, or with an attribute, that it has not is refused
 * @throws LocalUserPoolError `USERS_INVALID`; the message never quotes the file, as it holds passwords
 */
export async function readUsersFile(file: string, issuer: string, settings: SeedSettings): Promise<SeedUser[]> {
  let text: string;
  let changedAt: number;
  try {
    text = await readFile(file, 'utf8');
    changedAt = Math.floor((await stat(file)).mtimeMs);
  } catch (cause) {
    throw invalid(file, ['cannot be read'], cause);
  }
  return parseUsers(text, file, issuer, settings, changedAt);
}

/**
 * {@link readUsersFile} without the disk.
 *
 * @param changedAt when the file was written, in milliseconds since the epoch: since then its users exist
 */
export function parseUsers(
  text: string,
  file: string,
  issuer: string,
  settings: SeedSettings,
  changedAt: number,
): SeedUser[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text around the mistake, which may be a password.
    throw invalid(file, ['is not JSON']);
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) throw invalid(file, linesOf(parsed.error, []));
  const malformed: string[] = [];
  const users: SeedUser[] = [];
  // One by one, so that what is only needed on the way is gone again before there is much of it.
  for (const [index, body] of parsed.data.users.entries()) {
    const user = userSchema.safeParse(body);
    if (user.success) users.push(seedUser(user.data, issuer, changedAt));
    else malformed.push(...linesOf(user.error, ['users', index]));
  }
  if (malformed.length > 0) throw invalid(file, malformed);
  const problems = [...problemsOf(users, settings)];
  if (problems.length > 0) throw invalid(file, problems);
  return users;
}

function linesOf({ issues }: z.ZodError, at: readonly PropertyKey[]): string[] {
  return issues.map(({ path, message }) => `${[...at, ...path].join('.') || 'document'}: ${message}`);
}

function seedUser(body: SeedBody, issuer: string, changedAt: number): SeedUser {
  return {
    user: {
      sub: body.sub ?? deriveSub(issuer, body.username),
      username: body.username,
      attributes: attributesOf(body),
      status: 'CONFIRMED',
      enabled: true,
      groups: body.groups,
      createdAt: changedAt,
      modifiedAt: changedAt,
    },
    password: body.password,
  };
}

function attributesOf({ attributes, email, email_verified: verified, name }: SeedBody): Attributes {
  return { email, email_verified: String(verified), ...(name !== undefined && { name }), ...attributes };
}

function* problemsOf(users: readonly SeedUser[], settings: SeedSettings): Generator<string> {
  const groups = new Set(settings.groups.map(({ name }) => name));
  yield* repeated('username', users, ({ username }) => username.toLowerCase());
  yield* repeated('email', users, ({ attributes }) => attributes['email']?.toLowerCase() ?? '');
  yield* repeated('sub', users, ({ sub }) => sub);
  for (const { user } of users) {
    const { username, attributes } = user;
    for (const group of user.groups) {
      if (!groups.has(group)) yield `user "${username}" is in group "${group}", which the pool does not have`;
    }
    const problem = attributesProblem(attributes, settings, 'seed');
    if (problem !== undefined) yield `user "${username}": ${problem.trimEnd()}`;
  }
}

function* repeated(field: string, users: readonly SeedUser[], valueOf: (user: User) => string): Generator<string> {
  const values = users.map(({ user }) => valueOf(user));
  const seen = new Set(values);
  if (seen.size === values.length) return;
  for (const value of values) if (!seen.delete(value)) yield `${field} "${value}" is used twice`;
}

function invalid(file: string, lines: readonly string[], cause?: unknown): LocalUserPoolError {
  return new LocalUserPoolError(
    'USERS_INVALID',
    [
      `The file of users ${file} cannot seed the pool:`,
      ...lines.map((line) => `  ${line}`),
      'Nobody could sign in as intended. Expected: { "users": [{ "username", "email", "password", "name"?, "groups"?, "sub"?, "attributes"? }] }.',
    ].join('\n'),
    { cause },
  );
}
