import { randomInt } from 'node:crypto';
import { type PasswordPolicy } from '../settings/user-pool-settings.ts';

const lower = 'abcdefghijkmnopqrstuvwxyz';
const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const digits = '23456789';
const symbols = '!#$%*+-=?@^_~';

/** Developer guide, "Password requirements": the characters that count as symbols, and a space inside. */
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/**
 * What is wrong with a password, in Cognito's words.
 *
 * @returns `undefined` when it will do
 */
export function passwordProblem(password: string, policy: PasswordPolicy): string | undefined {
  const conform = (what: string): string => `Password did not conform with policy: ${what}`;
  if (/^\s|\s$/.test(password)) return conform('Password must not begin or end with a space');
  if (password.length > 256) return conform('Password must not be longer than 256 characters');
  if (password.length < policy.minimumLength) return conform('Password not long enough');
  if (policy.requireUppercase && !/[A-Z]/.test(password)) return conform('Password must have uppercase characters');
  if (policy.requireLowercase && !/[a-z]/.test(password)) return conform('Password must have lowercase characters');
  if (policy.requireNumbers && !/[0-9]/.test(password)) return conform('Password must have numeric characters');
  if (policy.requireSymbols && !symbol.test(password)) return conform('Password must have symbol characters');
  return undefined;
}

/** The rules for the person who has to think of one. */
export function policyRules(policy: PasswordPolicy): readonly string[] {
  return [
    `at least ${policy.minimumLength} characters`,
    ...(policy.requireLowercase ? ['a lower-case letter'] : []),
    ...(policy.requireUppercase ? ['an upper-case letter'] : []),
    ...(policy.requireNumbers ? ['a number'] : []),
    ...(policy.requireSymbols ? ['a symbol'] : []),
  ];
}

/** A temporary password that any policy takes, without characters that look alike. */
export function makeTemporaryPassword(policy: PasswordPolicy): string {
  const pick = (from: string): string => from.charAt(randomInt(from.length));
  const length = Math.max(policy.minimumLength, 12);
  const characters = [lower, upper, digits, symbols].map(pick);
  while (characters.length < length) characters.push(pick(lower + upper + digits));
  // Fisher and Yates, so that the demanded kinds are not always in front.
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] ?? '', characters[last] ?? ''];
  }
  return characters.join('');
}
