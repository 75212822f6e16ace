import { CognitoError, invalidParameter } from '../api/cognito-error.ts';
import { type Identifier, type SignInSettings } from '../settings/user-pool-settings.ts';
import { type UserDirectory } from '../users/directory.ts';
import { type Attributes, type User } from '../users/user.ts';
import { usernameShape } from '../users/users-file.ts';

/** What somebody new is called. */
export interface NewName {
  /** In a pool where people sign in by address: the `sub`. */
  readonly username: string;
  /** The given ones; where the username is an address, with it. */
  readonly attributes: Attributes;
}

/**
 * What somebody new will be called (Developer guide, "Customizing sign-in attributes").
 *
 * @throws CognitoError `InvalidParameterException`
 */
export function nameNewUser(username: string, attributes: Attributes, sub: string, signIn: SignInSettings): NewName {
  if (!usernameShape.test(username)) {
    throw invalidParameter(
      "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
    );
  }
  if (!signIn.usernameIsSub) {
    for (const alias of ['email', 'phone_number'] as const) {
      if (signIn.identifiers.includes(alias) && looksLike(username, alias)) {
        const kind = alias === 'email' ? 'email' : 'phone number';
        throw invalidParameter(
          `Username cannot be of ${kind} format, since user pool is configured for ${kind} alias.`,
        );
      }
    }
    return { username, attributes };
  }
  const address = (['email', 'phone_number'] as const).find(
    (kind) => signIn.identifiers.includes(kind) && looksLike(username, kind),
  );
  if (!address) {
    const kinds = signIn.identifiers.map((kind) => (kind === 'email' ? 'an email' : 'a phone number'));
    throw invalidParameter(`Username should be ${kinds.join(' or ')}.`);
  }
  return { username: sub, attributes: { ...attributes, [address]: username } };
}

/**
 * Whose names are taken. In a pool with aliases an address may be several people's until it is verified.
 *
 * @returns the identifier that is taken, and by whom
 */
export function takenName(
  { username, attributes }: NewName,
  users: UserDirectory,
  signIn: SignInSettings,
): { readonly name: Identifier; readonly user: User } | undefined {
  const names: Partial<Record<Identifier, string>> = signIn.usernameIsSub ? attributes : { ...attributes, username };
  for (const name of signIn.identifiers) {
    const value = names[name];
    if (value === undefined) continue;
    const verifiable = !signIn.usernameIsSub && (name === 'email' || name === 'phone_number');
    if (verifiable && attributes[`${name}_verified`] !== 'true') continue;
    const other = users
      .named(name, value, signIn)
      .find(({ user }) => !verifiable || user.attributes[`${name}_verified`] === 'true');
    if (other) return { name, user: other.user };
  }
  return undefined;
}

/** The error for an alias that another has, other than the username. */
export function aliasExists(name: Identifier): CognitoError {
  return new CognitoError('AliasExistsException', `An account with the ${name} already exists.`);
}

function looksLike(value: string, kind: 'email' | 'phone_number'): boolean {
  return kind === 'email' ? /^[^@\s]+@[^@\s]+$/.test(value) : /^\+\d+$/.test(value);
}
