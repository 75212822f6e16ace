import { randomUUID } from 'node:crypto';
import { attemptLimit, CognitoError, invalidParameter, userNotFound } from '../api/cognito-error.ts';
import { confirmationMail } from '../mail/messages.ts';
import { type AppClientSettings } from '../settings/user-pool-settings.ts';
import { type Account } from '../users/account.ts';
import { attributesProblem } from '../users/attributes.ts';
import { hashPassword } from '../users/credential.ts';
import { passwordProblem } from '../users/password-policy.ts';
import { type Attributes, type User } from '../users/user.ts';
import { expiredCode, spendCode, withCode } from './code-check.ts';
import { aliasExists, nameNewUser, takenName } from './names.ts';
import { type PoolParts } from './pool-parts.ts';

export interface SignUpRequest {
  readonly username: string;
  readonly password: string;
  readonly attributes: Attributes;
}

/** Somebody who has signed up. `sentTo` is the address of the code; absent when an administrator has to confirm them. */
export interface SignedUp {
  readonly user: User;
  readonly sentTo?: string;
}

/**
 * Takes somebody in who has not been confirmed yet, and mails them a code.
 *
 * @throws CognitoError as SignUp does
 */
export async function signUp(pool: PoolParts, request: SignUpRequest): Promise<SignedUp> {
  const { settings, users, clock, log } = pool;
  const { selfSignUp, passwordPolicy, signIn } = settings();
  if (!selfSignUp) throw new CognitoError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
  const badPassword = passwordProblem(request.password, passwordPolicy);
  if (badPassword !== undefined) throw new CognitoError('InvalidPasswordException', badPassword);
  const sub = randomUUID();
  const named = nameNewUser(request.username, request.attributes, sub, signIn);
  const problem = attributesProblem(named.attributes, settings(), 'owner');
  if (problem !== undefined) throw invalidParameter(problem);
  const assertFree = (): void => {
    const taken = takenName(named, users, signIn);
    if (!taken) return;
    throw taken.name === 'username'
      ? new CognitoError('UsernameExistsException', 'User already exists')
      : new CognitoError('UsernameExistsException', `An account with the given ${taken.name} already exists.`);
  };
  assertFree();
  const hash = await hashPassword(request.password);
  // Somebody else may have taken the name while the password was hashed.
  assertFree();
  const now = clock();
  const user: User = {
    sub,
    ...named,
    status: 'UNCONFIRMED',
    enabled: true,
    groups: [],
    createdAt: now,
    modifiedAt: now,
  };
  const account: Account = { user, credential: { kind: 'hash', hash }, codes: {} };
  const to = confirmationAddress(pool, user);
  if (to === undefined) {
    await users.add(account);
    return { user };
  }
  const { account: waiting, code } = withCode(account, 'confirm', pool);
  await users.add(waiting);
  pool.mailQuota.take(sub);
  pool.mailbox.send(confirmationMail(to, code));
  log({ level: 'info', event: 'signed_up', message: `${sub} signed up and was sent a code` });
  return { user, sentTo: to };
}

/**
 * Confirms somebody by the code that was mailed to them, and with it the address.
 *
 * @throws CognitoError as ConfirmSignUp does
 */
export async function confirmSignUp(
  pool: PoolParts,
  client: AppClientSettings,
  username: string,
  code: string,
): Promise<void> {
  const account = pool.users.resolve(username, pool.settings().signIn);
  if (!account) throw client.hidesUsers ? expiredCode() : userNotFound();
  if (account.user.status !== 'UNCONFIRMED') {
    if (client.hidesUsers) throw expiredCode();
    throw new CognitoError(
      'NotAuthorizedException',
      `User cannot be confirmed. Current status is ${account.user.status}`,
    );
  }
  const verified = verifiedByCode(pool, account.user);
  const taken = takenName({ ...account.user, attributes: verified }, pool.users, pool.settings().signIn);
  if (taken && taken.user.sub !== account.user.sub) throw aliasExists(taken.name);
  await spendCode(pool, account.user.sub, 'confirm', code, (waiting) => ({
    ...waiting,
    user: { ...waiting.user, status: 'CONFIRMED', attributes: verified },
  }));
  pool.log({ level: 'info', event: 'confirmed', message: `${account.user.sub} confirmed an address` });
}

/**
 * Mails another code.
 *
 * @returns the address; made up when the client hides its users and there is none
 * @throws CognitoError as ResendConfirmationCode does
 */
export async function resendConfirmation(
  pool: PoolParts,
  client: AppClientSettings,
  username: string,
): Promise<string> {
  const account = pool.users.resolve(username, pool.settings().signIn);
  const to = account && confirmationAddress(pool, account.user);
  if (account?.user.status !== 'UNCONFIRMED' || to === undefined) {
    if (client.hidesUsers) {
      await pool.users.pretendToChange();
      return username;
    }
    if (!account) throw userNotFound();
    throw invalidParameter(
      to === undefined ? 'Cannot resend codes. Auto verification not turned on.' : 'User is already confirmed.',
    );
  }
  if (!pool.mailQuota.take(account.user.sub)) throw attemptLimit();
  let sent: string | undefined;
  await pool.users.change(account.user.sub, (current) => {
    const { account: waiting, code } = withCode(current, 'confirm', pool);
    sent = code;
    return waiting;
  });
  if (sent !== undefined) pool.mailbox.send(confirmationMail(to, sent));
  return to;
}

function confirmationAddress({ settings }: PoolParts, user: User): string | undefined {
  return settings().autoVerified.includes('email') ? user.attributes['email'] : undefined;
}

function verifiedByCode(pool: PoolParts, user: User): Attributes {
  return confirmationAddress(pool, user) === undefined
    ? user.attributes
    : { ...user.attributes, email_verified: 'true' };
}
