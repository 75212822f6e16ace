import { attemptLimit, CognitoError } from '../api/cognito-error.ts';
import { type Account, type CodePurpose } from '../users/account.ts';
import { checkCode, type CodeAnswer, makeCode } from '../users/verification-code.ts';
import { type PoolParts } from './pool-parts.ts';

/** Developer guide, "Verification codes": a day to confirm, an hour to reset. */
const lifetimeSeconds: Readonly<Record<CodePurpose, number>> = { confirm: 86_400, reset: 3600 };

/** The answer for a code that is not (any longer) expected, and for somebody who is not there, where that is hidden. */
export function expiredCode(): CognitoError {
  return new CognitoError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

/** A new code in place of an earlier one. */
export function withCode(
  account: Account,
  purpose: CodePurpose,
  { clock }: Pick<PoolParts, 'clock'>,
): { readonly account: Account; readonly code: string } {
  const { code, pending } = makeCode(lifetimeSeconds[purpose], clock);
  return { account: { ...account, codes: { ...account.codes, [purpose]: pending } }, code };
}

/**
 * Spends a code: it is compared, used up and what it opens is done, in one step. A wrong one costs a try, which is on the
 * disk before the answer is out.
 *
 * @throws CognitoError `CodeMismatchException`, `ExpiredCodeException`, `LimitExceededException`
 */
export async function spendCode(
  { users, clock }: PoolParts,
  sub: string,
  purpose: CodePurpose,
  code: string,
  open: (account: Account) => Account,
): Promise<void> {
  let answer: CodeAnswer = 'expired';
  await users.change(sub, (account) => {
    const pending = account.codes[purpose];
    if (!pending) return account;
    answer = checkCode(pending, code, clock);
    if (answer === 'match') return open({ ...account, codes: without(account.codes, purpose) });
    if (answer !== 'mismatch') return account;
    const fewer = { ...pending, triesLeft: pending.triesLeft - 1 };
    return { ...account, codes: { ...account.codes, [purpose]: fewer } };
  });
  refuse(answer);
}

function without(codes: Account['codes'], purpose: CodePurpose): Account['codes'] {
  return Object.fromEntries(Object.entries(codes).filter(([name]) => name !== purpose));
}

function refuse(answer: CodeAnswer): void {
  switch (answer) {
    case 'match':
      return;
    case 'mismatch':
      throw new CognitoError('CodeMismatchException', 'Invalid verification code provided, please try again.');
    case 'expired':
      throw expiredCode();
    case 'exhausted':
      throw attemptLimit();
  }
}
