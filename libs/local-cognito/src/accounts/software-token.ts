import { attemptLimit, CognitoError, invalidParameter, userNotFound } from '../api/cognito-error.ts';
import { checkTotp, makeTotpSecret, type Totp } from '../users/totp.ts';
import { type PoolParts } from './pool-parts.ts';

/**
 * Begins the set-up of an authenticator app. One that is there stays until the new one has proved itself.
 *
 * @returns the secret, for its owner alone
 * @throws CognitoError as AssociateSoftwareToken does
 */
export async function associateToken({ settings, users }: PoolParts, sub: string): Promise<string> {
  const { mode, softwareToken } = settings().mfa;
  if (mode === 'OFF' || !softwareToken) {
    throw new CognitoError(
      'SoftwareTokenMFANotFoundException',
      'Software Token MFA has not been enabled by the userPool',
    );
  }
  const totpSetup = makeTotpSecret();
  if (!(await users.change(sub, (account) => ({ ...account, totpSetup })))) throw userNotFound();
  return totpSetup;
}

/**
 * Ends the set-up with a first code.
 *
 * @param enabled whether the app is asked for from now on where the pool leaves it to the user
 * @throws CognitoError as VerifySoftwareToken does
 */
export async function verifyToken(pool: PoolParts, sub: string, code: string, enabled: boolean): Promise<void> {
  const secret = pool.users.account(sub)?.totpSetup;
  if (secret === undefined) throw invalidParameter('No software token is being set up for the user.');
  if (!pool.attempts.begin(mfaName(sub))) throw attemptLimit();
  const answer = await checkTotp({ secret, lastStep: -1 }, code, pool.clock);
  if (answer.kind !== 'match') {
    throw new CognitoError('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA');
  }
  await pool.users.change(sub, ({ totpSetup, ...account }) => {
    const lastStep = answer.step;
    return totpSetup === secret
      ? { ...account, totp: { secret, enabled, lastStep } }
      : { ...account, totpSetup: totpSetup ?? secret };
  });
  pool.attempts.succeeded(mfaName(sub));
  pool.log({ level: 'info', event: 'mfa_changed', message: `${sub} set an authenticator app up` });
}

/**
 * Takes a code at sign-in, each one once.
 *
 * @throws CognitoError as RespondToAuthChallenge does
 */
export async function spendToken(pool: PoolParts, sub: string, code: string): Promise<void> {
  const before = pool.users.account(sub)?.totp;
  if (!before)
    throw new CognitoError('SoftwareTokenMFANotFoundException', 'Software Token MFA does not exist for the user.');
  if (!pool.attempts.begin(mfaName(sub))) throw attemptLimit();
  const answer = await checkTotp(before, code, pool.clock);
  if (answer.kind === 'mismatch') {
    throw new CognitoError('CodeMismatchException', 'Invalid code received for user');
  }
  let spent = false;
  await pool.users.change(sub, (account) => {
    if (answer.kind === 'used' || account.totp?.secret !== before.secret || answer.step <= account.totp.lastStep) {
      return account;
    }
    spent = true;
    return { ...account, totp: { ...account.totp, lastStep: answer.step } };
  });
  if (!spent) throw new CognitoError('ExpiredCodeException', 'Your software token has already been used once.');
  pool.attempts.succeeded(mfaName(sub));
}

/** Whether an authenticator app is asked for at sign-in (SetUserMFAPreference). */
export async function preferToken({ users, log }: PoolParts, sub: string, enabled: boolean): Promise<void> {
  const account = users.account(sub);
  if (!account) throw userNotFound();
  if (!account.totp) {
    if (!enabled) return;
    throw invalidParameter('User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA');
  }
  await users.change(sub, (current) => (current.totp ? { ...current, totp: { ...current.totp, enabled } } : current));
  log({ level: 'info', event: 'mfa_changed', message: `${sub} ${enabled ? 'is' : 'is not'} asked for a code` });
}

/** The second factors that somebody has, as the API names them. */
export function mfaSettings(totp: Totp | undefined): readonly 'SOFTWARE_TOKEN_MFA'[] {
  return totp?.enabled ? ['SOFTWARE_TOKEN_MFA'] : [];
}

/** Wrong codes are counted apart from wrong passwords. */
function mfaName(sub: string): string {
  return `mfa ${sub}`;
}
