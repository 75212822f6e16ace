import { CognitoError, userNotFound, wrongCredentials } from '../api/cognito-error.ts';
import { type AppClientSettings } from '../settings/user-pool-settings.ts';
import { type Account } from '../users/account.ts';
import { type User } from '../users/user.ts';
import { type PoolParts } from './pool-parts.ts';

/** What Cognito asks for after the password (cognito-idp API, ChallengeNameType). */
export type ChallengeName = 'MFA_SETUP' | 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA';

/** How far somebody has come who has shown their password. */
export type SignInStep =
  | { readonly kind: 'done'; readonly user: User }
  | { readonly kind: 'challenge'; readonly name: ChallengeName; readonly account: Account };

/**
 * Compares a password. Everything that the answer tells beyond yes or no is told only to whoever knows it, and somebody
 * who is not there costs the same work.
 *
 * @throws CognitoError as InitiateAuth does: `NotAuthorizedException`, `UserNotFoundException`,
 *   `UserNotConfirmedException`, `PasswordResetRequiredException`
 */
export async function signInWithPassword(
  pool: PoolParts,
  client: Pick<AppClientSettings, 'hidesUsers'>,
  identifier: string,
  password: string,
): Promise<SignInStep> {
  const { settings, users, attempts, passwords } = pool;
  const account = users.resolve(identifier, settings().signIn);
  const name = account?.user.sub ?? `unknown ${identifier.toLowerCase()}`;
  if (!attempts.begin(name)) throw new CognitoError('NotAuthorizedException', 'Password attempts exceeded');
  const answer = await passwords.compare(account?.user.sub ?? '', account?.credential, password);
  if (!account) throw client.hidesUsers ? wrongCredentials() : userNotFound();
  if (answer === 'mismatch') throw wrongCredentials();
  attempts.succeeded(name);
  // As it is now: comparing took a while.
  const current = users.account(account.user.sub);
  if (!current || current.credential !== account.credential) throw wrongCredentials();
  assertMaySignIn(current.user);
  if (answer === 'expired') {
    throw new CognitoError(
      'NotAuthorizedException',
      'Temporary password has expired and must be reset by an administrator.',
    );
  }
  return nextStep(pool, current);
}

/** What is left to do for somebody whose password is right. */
export function nextStep({ settings }: Pick<PoolParts, 'settings'>, account: Account): SignInStep {
  const { mfa } = settings();
  const challenge = (name: ChallengeName): SignInStep => ({ kind: 'challenge', name, account });
  if (account.user.status === 'FORCE_CHANGE_PASSWORD') return challenge('NEW_PASSWORD_REQUIRED');
  if (mfa.mode !== 'OFF' && account.totp && (account.totp.enabled || mfa.mode === 'ON')) {
    return challenge('SOFTWARE_TOKEN_MFA');
  }
  // Developer guide, "Adding MFA to a user pool": where it is optional, managed login does not prompt for it.
  if (mfa.mode === 'ON' && mfa.softwareToken) return challenge('MFA_SETUP');
  return { kind: 'done', user: account.user };
}

/** @throws CognitoError for somebody who may not sign in, whatever they know */
export function assertMaySignIn({ enabled, status }: User): void {
  if (!enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
  if (status === 'UNCONFIRMED') throw new CognitoError('UserNotConfirmedException', 'User is not confirmed.');
  if (status === 'RESET_REQUIRED') {
    throw new CognitoError('PasswordResetRequiredException', 'Password reset required for the user');
  }
}
