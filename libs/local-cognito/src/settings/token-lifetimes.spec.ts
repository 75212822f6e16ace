import { describe, expect, it } from '@jest/globals';
import { tokenLifetime } from './token-lifetimes.ts';

describe('tokenLifetime', () => {
  it.each([
    ['access', 15, 'minutes', 900],
    ['access', 2, undefined, 7200],
    ['id', 300, 'seconds', 300],
    ['id', 1, 'days', 86_400],
    ['refresh', 7, undefined, 604_800],
    ['refresh', 3650, 'days', 315_360_000],
    ['access', undefined, 'minutes', 3600],
    ['refresh', 0, 'hours', 2_592_000],
  ] as const)('%s token of %p %p lives %d seconds', (kind, validity, unit, seconds) => {
    expect(tokenLifetime(kind, validity, unit)).toBe(seconds);
  });

  it.each([
    ['access', 299, 'seconds'],
    ['access', 25, 'hours'],
    ['id', 2, 'days'],
    ['refresh', 59, 'minutes'],
    ['refresh', 3651, 'days'],
  ] as const)('%s token of %p %p is refused, as Cognito refuses it', (kind, validity, unit) => {
    expect(tokenLifetime(kind, validity, unit)).toBeUndefined();
  });
});
