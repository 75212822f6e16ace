import { randomUUID } from 'node:crypto';
import { CognitoError, invalidParameter, userNotFound } from '../api/cognito-error.ts';
import { invitationMail } from '../mail/messages.ts';
import { type Account } from '../users/account.ts';
import { attributesProblem } from '../users/attributes.ts';
import { makeTemporaryPassword } from '../users/password-policy.ts';
import { type Attributes, type User } from '../users/user.ts';
import { aliasExists, nameNewUser, takenName } from './names.ts';
import { temporaryCredential } from './passwords.ts';
import { type PoolParts } from './pool-parts.ts';
import { sendResetCode } from './password-reset.ts';

export interface Invitation {
  readonly username: string;
  readonly attributes: Attributes;
  /** @default one is made up */
  readonly temporaryPassword?: string;
  readonly mail: 'resend' | 'send' | 'suppress';
}

/**
 * Makes a user who has to choose a password at the first sign-in, and mails them a temporary one; or makes and mails
 * another.
 *
 * @throws CognitoError as AdminCreateUser does
 */
export async function invite(pool: PoolParts, invitation: Invitation): Promise<User> {
  const { settings, users, log } = pool;
  const { signIn, passwordPolicy } = settings();
  const password = invitation.temporaryPassword ?? makeTemporaryPassword(passwordPolicy);
  if (invitation.mail === 'resend') return inviteAgain(pool, invitation.username, password);

  const sub = randomUUID();
  const named = nameNewUser(invitation.username, invitation.attributes, sub, signIn);
  const problem = attributesProblem(named.attributes, settings(), 'administrator');
  if (problem !== undefined) throw invalidParameter(problem);
  const assertFree = (): void => {
    const taken = takenName(named, users, signIn);
    if (!taken) return;
    if (taken.name !== 'username' && !signIn.usernameIsSub) throw aliasExists(taken.name);
    throw new CognitoError('UsernameExistsException', 'User account already exists');
  };
  assertFree();
  const credential = await temporaryCredential(pool, password);
  assertFree();
  const createdAt = pool.clock();
  const state = { status: 'FORCE_CHANGE_PASSWORD', enabled: true, groups: [] } as const;
  const user: User = { sub, ...named, ...state, createdAt, modifiedAt: createdAt };
  await users.add({ user, credential, codes: {} });
  if (invitation.mail === 'send') mailInvitation(pool, user, invitation.username, password);
  log({ level: 'info', event: 'user_changed', message: `${sub} was made by an administrator` });
  return user;
}

/** @throws CognitoError as AdminResetUserPassword does */
export async function demandReset(pool: PoolParts, account: Account): Promise<void> {
  const { user } = account;
  if (user.status !== 'CONFIRMED' && user.status !== 'RESET_REQUIRED') {
    throw new CognitoError('NotAuthorizedException', 'User password cannot be reset in the current state.');
  }
  if (user.attributes['email'] === undefined || user.attributes['email_verified'] !== 'true') {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  await pool.users.change(user.sub, (current) => ({
    ...current,
    user: { ...current.user, status: 'RESET_REQUIRED' },
  }));
  await sendResetCode(pool, account);
}

/** Lets somebody sign in, or not. Whoever may not is signed out everywhere as well. */
export async function enable(pool: PoolParts, sub: string, enabled: boolean): Promise<void> {
  await pool.users.change(sub, (account) => ({ ...account, user: { ...account.user, enabled } }));
  if (!enabled) await pool.endSignIns(sub);
  pool.log({ level: 'info', event: 'user_changed', message: `${sub} was ${enabled ? 'enabled' : 'disabled'}` });
}

/** Takes somebody out of the pool, with their tokens. */
export async function removeUser(pool: PoolParts, sub: string): Promise<void> {
  await pool.users.remove(sub);
  await pool.endSignIns(sub);
  pool.log({ level: 'info', event: 'user_changed', message: `${sub} was deleted` });
}

/**
 * Sets attributes, and takes those away whose value is empty.
 *
 * @throws CognitoError as AdminUpdateUserAttributes does
 */
export async function updateAttributes(
  pool: PoolParts,
  { user }: Account,
  changed: Attributes,
  author: 'administrator' | 'owner',
): Promise<void> {
  const { settings, users } = pool;
  const problem = attributesProblem(changed, settings(), author, user.attributes);
  if (problem !== undefined) throw invalidParameter(problem);
  const merged = (attributes: Attributes): Attributes => withFlags({ ...attributes, ...changed }, changed, attributes);
  const taken = takenName({ ...user, attributes: merged(user.attributes) }, users, settings().signIn);
  if (taken && taken.user.sub !== user.sub) throw aliasExists(taken.name);
  const done = await users.change(user.sub, (account) => ({
    ...account,
    user: { ...account.user, attributes: merged(account.user.attributes) },
  }));
  if (!done) throw userNotFound();
}

/** @throws CognitoError as AdminDeleteUserAttributes does */
export async function deleteAttributes(
  { settings, users }: PoolParts,
  sub: string,
  names: readonly string[],
): Promise<void> {
  const { attributes: schema, signIn } = settings();
  const kept = names.find(
    (name) =>
      schema.some((attribute) => attribute.name === name && attribute.required) ||
      (signIn.usernameIsSub && signIn.identifiers.some((identifier) => identifier === name)),
  );
  if (kept !== undefined)
    throw invalidParameter(`Invalid user attributes: ${kept}: Required attribute cannot be deleted.`);
  const gone = new Set(names.flatMap((name) => [name, `${name}_verified`]));
  await users.change(sub, (account) => {
    const left = Object.entries(account.user.attributes).filter(([name]) => !gone.has(name));
    return { ...account, user: { ...account.user, attributes: Object.fromEntries(left) } };
  });
}

/** A changed address is not verified, unless whoever changes it says so. */
function withFlags(merged: Attributes, changed: Attributes, before: Attributes): Attributes {
  const flags = ['email', 'phone_number'].flatMap((name) => {
    const flag = `${name}_verified`;
    const moved = changed[name] !== undefined && changed[name] !== before[name] && changed[flag] === undefined;
    return moved ? [[flag, 'false'] as const] : [];
  });
  return { ...merged, ...Object.fromEntries(flags) };
}

async function inviteAgain(pool: PoolParts, username: string, password: string): Promise<User> {
  const account = pool.users.resolve(username, pool.settings().signIn);
  if (!account) throw userNotFound();
  if (account.user.status !== 'FORCE_CHANGE_PASSWORD') {
    throw new CognitoError(
      'UnsupportedUserStateException',
      `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`,
    );
  }
  const credential = await temporaryCredential(pool, password);
  await pool.users.change(account.user.sub, (current) => ({ ...current, credential }));
  mailInvitation(pool, account.user, username, password);
  return account.user;
}

function mailInvitation({ mailbox }: PoolParts, user: User, username: string, password: string): void {
  const to = user.attributes['email'];
  if (to !== undefined) mailbox.send(invitationMail(to, username, password));
}
