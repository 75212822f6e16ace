import { attemptLimit, CognitoError, invalidParameter, userNotFound, wrongCredentials } from '../api/cognito-error.ts';
import { type Account } from '../users/account.ts';
import { attributesProblem } from '../users/attributes.ts';
import { type Credential, hashPassword } from '../users/credential.ts';
import { passwordProblem } from '../users/password-policy.ts';
import { type Attributes } from '../users/user.ts';
import { type PoolParts } from './pool-parts.ts';

const millisecondsPerDay = 86_400_000;

/** @throws CognitoError `InvalidPasswordException` when the policy does not take it */
export async function permanentCredential({ settings }: PoolParts, password: string): Promise<Credential> {
  assertGood(password, settings().passwordPolicy);
  return { kind: 'hash', hash: await hashPassword(password) };
}

/** @throws CognitoError `InvalidPasswordException` when the policy does not take it */
export async function temporaryCredential({ settings, clock }: PoolParts, password: string): Promise<Credential> {
  const { passwordPolicy } = settings();
  assertGood(password, passwordPolicy);
  // 0 days means the default (cognito-idp API, PasswordPolicyType: TemporaryPasswordValidityDays).
  const days = passwordPolicy.temporaryPasswordDays || 7;
  return { kind: 'hash', hash: await hashPassword(password), expiresAt: clock() + days * millisecondsPerDay };
}

/** Sets somebody's password for them (AdminSetUserPassword). */
export async function setPassword(
  pool: PoolParts,
  sub: string,
  password: string,
  kind: 'permanent' | 'temporary',
): Promise<void> {
  const permanent = kind === 'permanent';
  const credential = await (permanent ? permanentCredential : temporaryCredential)(pool, password);
  const status = permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  await pool.users.change(sub, (account) => ({ ...account, credential, user: { ...account.user, status } }));
  pool.log({ level: 'info', event: 'password_changed', message: `${sub} by an administrator` });
}

/**
 * Replaces one's own password.
 *
 * @param previous `undefined` when no password is set
 * @throws CognitoError as ChangePassword does
 */
export async function changePassword(
  pool: PoolParts,
  sub: string,
  previous: string | undefined,
  proposed: string,
): Promise<void> {
  const account = pool.users.account(sub);
  if (!account) throw userNotFound();
  assertGood(proposed, pool.settings().passwordPolicy);
  if (!pool.attempts.begin(sub)) throw attemptLimit();
  const answer = await pool.passwords.compare(sub, account.credential, previous ?? '');
  if (answer !== 'match') throw wrongCredentials();
  pool.attempts.succeeded(sub);
  await replace(pool, account, proposed, {});
}

/** Attributes that somebody has to give before a first sign-in: those that the pool demands and the user lacks. */
export function missingAttributes({ settings }: Pick<PoolParts, 'settings'>, { user }: Account): readonly string[] {
  return settings()
    .attributes.filter(({ name, required }) => required && (user.attributes[name] ?? '') === '')
    .map(({ name }) => name);
}

/**
 * Answers NEW_PASSWORD_REQUIRED: the temporary password is replaced, and the user confirmed.
 *
 * @throws CognitoError as RespondToAuthChallenge does
 */
export async function completeNewPassword(
  pool: PoolParts,
  sub: string,
  proposed: string,
  attributes: Attributes,
): Promise<void> {
  const account = pool.users.account(sub);
  if (account?.user.status !== 'FORCE_CHANGE_PASSWORD') throw wrongCredentials();
  assertGood(proposed, pool.settings().passwordPolicy);
  assertNotProvided(pool, account.user.attributes, attributes);
  const problem = attributesProblem(attributes, pool.settings(), 'owner', account.user.attributes);
  if (problem !== undefined) throw invalidParameter(problem);
  const missing = missingAttributes(pool, account).find((name) => (attributes[name] ?? '') === '');
  if (missing !== undefined) throw invalidParameter(`Invalid attributes given, ${missing} is missing`);
  await replace(pool, account, proposed, attributes);
}

/**
 * "In a NEW_PASSWORD_REQUIRED challenge response, you can't modify a required attribute that already has a value"
 * (cognito-idp API, RespondToAuthChallenge).
 */
function assertNotProvided({ settings }: PoolParts, provided: Attributes, given: Attributes): void {
  const twice = settings().attributes.find(
    ({ name, required }) => required && given[name] !== undefined && (provided[name] ?? '') !== '',
  );
  if (twice) throw new CognitoError('NotAuthorizedException', `Cannot modify an already provided ${twice.name}`);
}

async function replace(pool: PoolParts, account: Account, password: string, attributes: Attributes): Promise<void> {
  const { sub } = account.user;
  const credential = await permanentCredential(pool, password);
  let replaced = false;
  await pool.users.change(sub, (current) => {
    // What was proved with the old password holds for the old password alone.
    if (current.credential !== account.credential) return current;
    replaced = true;
    const user = { ...current.user, status: 'CONFIRMED' as const };
    return { ...current, credential, user: { ...user, attributes: { ...user.attributes, ...attributes } } };
  });
  if (!replaced) throw wrongCredentials();
  pool.log({ level: 'info', event: 'password_changed', message: `${sub} by its owner` });
}

function assertGood(password: string, policy: Parameters<typeof passwordProblem>[1]): void {
  const problem = passwordProblem(password, policy);
  if (problem !== undefined) throw new CognitoError('InvalidPasswordException', problem);
}
