import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeTemporaryPassword, passwordProblem, policyRules } from './password-policy.ts';

const strict = {
  minimumLength: 12,
  requireLowercase: true,
  requireNumbers: true,
  requireSymbols: true,
  requireUppercase: true,
  temporaryPasswordDays: 7,
};
const lax = {
  minimumLength: 6,
  requireLowercase: false,
  requireNumbers: false,
  requireSymbols: false,
  requireUppercase: false,
  temporaryPasswordDays: 7,
};

describe('passwordProblem', () => {
  it.each([
    ['Analytical-1843', undefined],
    ['Short-1', 'Password not long enough'],
    ['analytical-1843', 'Password must have uppercase characters'],
    ['ANALYTICAL-1843', 'Password must have lowercase characters'],
    ['Analytical-Engine', 'Password must have numeric characters'],
    ['Analytical1843', 'Password must have symbol characters'],
    ['Analytical 1843', undefined],
    [' Analytical-1843', 'Password must not begin or end with a space'],
    [`A-1${'a'.repeat(254)}`, 'Password must not be longer than 256 characters'],
  ])('says of %p: %p', (password, problem) => {
    const expected = problem && `Password did not conform with policy: ${problem}`;
    expect(passwordProblem(password, strict)).toBe(expected);
  });

  it('asks for nothing that the pool does not', () => {
    expect(passwordProblem('aaaaaa', lax)).toBeUndefined();
  });
});

it('a temporary password is one that the policy takes, whatever it is', () => {
  const policies = fc.record({
    minimumLength: fc.integer({ min: 6, max: 99 }),
    requireLowercase: fc.boolean(),
    requireNumbers: fc.boolean(),
    requireSymbols: fc.boolean(),
    requireUppercase: fc.boolean(),
    temporaryPasswordDays: fc.constant(7),
  });
  fc.assert(fc.property(policies, (policy) => passwordProblem(makeTemporaryPassword(policy), policy) === undefined));
});

it('tells a person the rules', () => {
  expect(policyRules(strict).length).toBe(5);
  expect(policyRules(lax)).toEqual(['at least 6 characters']);
});
