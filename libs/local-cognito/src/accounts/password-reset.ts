import { attemptLimit, CognitoError, invalidParameter, userNotFound } from '../api/cognito-error.ts';
import { resetMail } from '../mail/messages.ts';
import { type AppClientSettings } from '../settings/user-pool-settings.ts';
import { type Account } from '../users/account.ts';
import { hashPassword } from '../users/credential.ts';
import { passwordProblem } from '../users/password-policy.ts';
import { expiredCode, spendCode, withCode } from './code-check.ts';
import { type PoolParts } from './pool-parts.ts';

/**
 * Mails a code with which a password can be replaced.
 *
 * @returns the address; made up of the username when the client hides its users and there is nobody to write to
 * @throws CognitoError as ForgotPassword does
 */
export async function requestReset(pool: PoolParts, client: AppClientSettings, username: string): Promise<string> {
  const account = pool.users.resolve(username, pool.settings().signIn);
  const problem = account ? stateProblem(account) : userNotFound();
  if (!account || problem) {
    if (!client.hidesUsers) throw problem ?? userNotFound();
    await pool.users.pretendToChange();
    return username.includes('@') ? username : `${username}@example.com`;
  }
  return sendResetCode(pool, account);
}

/** Mails the code, whoever asks for it. */
export async function sendResetCode(pool: PoolParts, account: Account): Promise<string> {
  const { sub, attributes } = account.user;
  if (!pool.mailQuota.take(sub)) throw attemptLimit();
  let sent: string | undefined;
  await pool.users.change(sub, (current) => {
    const { account: waiting, code } = withCode(current, 'reset', pool);
    sent = code;
    return waiting;
  });
  const to = attributes['email'] ?? '';
  if (sent !== undefined) pool.mailbox.send(resetMail(to, sent));
  pool.log({ level: 'info', event: 'reset_requested', message: `${sub} was sent a code for a new password` });
  return to;
}

/**
 * Replaces a password by a mailed code.
 *
 * @throws CognitoError as ConfirmForgotPassword does
 */
export async function confirmReset(
  pool: PoolParts,
  client: AppClientSettings,
  { username, code, password }: { readonly username: string; readonly code: string; readonly password: string },
): Promise<void> {
  const { settings, users, log } = pool;
  const badPassword = passwordProblem(password, settings().passwordPolicy);
  if (badPassword !== undefined) throw new CognitoError('InvalidPasswordException', badPassword);
  // Before anybody is looked for: the time it takes is to tell nothing.
  const hash = await hashPassword(password);
  const account = users.resolve(username, settings().signIn);
  if (!account || stateProblem(account)) {
    await users.pretendToChange();
    throw client.hidesUsers || account ? expiredCode() : userNotFound();
  }
  await spendCode(pool, account.user.sub, 'reset', code, (current) => ({
    ...current,
    user: { ...current.user, status: 'CONFIRMED' },
    credential: { kind: 'hash', hash },
  }));
  log({ level: 'info', event: 'password_changed', message: `${account.user.sub} by a mailed code` });
}

/** Whom Cognito writes to: somebody who may sign in, at an address that is known to be theirs. */
function stateProblem({ user }: Account): CognitoError | undefined {
  if (!user.enabled) return new CognitoError('NotAuthorizedException', 'User is disabled.');
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    return new CognitoError('NotAuthorizedException', 'User password cannot be reset in the current state.');
  }
  if (user.attributes['email'] === undefined || user.attributes['email_verified'] !== 'true') {
    return invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  return undefined;
}
