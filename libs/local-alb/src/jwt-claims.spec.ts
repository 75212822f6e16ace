import { type AdditionalClaim } from '@gatehouse/listener';
import { describe, expect, it } from '@jest/globals';

import { checkClaims } from './jwt-claims.ts';

const good = { iss: 'https://issuer', exp: 2000 };
const reasonOf = (
  claims: Readonly<Record<string, unknown>>,
  additionalClaims: readonly AdditionalClaim[] = [],
  additionalClaimValues: 'all' | 'any' = 'all',
): string | undefined => {
  try {
    const action = { issuer: 'https://issuer', additionalClaims };
    checkClaims(claims, { action, switches: { additionalClaimValues }, now: 1000_000 });
    return undefined;
  } catch (error) {
    return (error as { readonly reason?: string }).reason;
  }
};

describe('the claims of a token', () => {
  it.each<[string | undefined, Record<string, unknown>]>([
    [undefined, {}],
    [undefined, { exp: 1000.5, nbf: 1000, iat: 999.9 }],
    ['JWTClaimNotPresent', { iss: undefined }],
    ['JWTClaimFormatInvalid', { iss: ['https://issuer'] }],
    ['JWTClaimValueInvalid', { iss: 'https://issuer/' }],
    ['JWTClaimNotPresent', { exp: undefined }],
    ['JWTClaimFormatInvalid', { exp: '2000' }],
    ['JWTClaimFormatInvalid', { exp: null }],
    ['JWTClaimValueInvalid', { exp: 1000 }],
    ['JWTClaimValueInvalid', { exp: -1 }],
    ['JWTClaimFormatInvalid', { nbf: '0' }],
    ['JWTClaimValueInvalid', { nbf: 1001 }],
    ['JWTClaimFormatInvalid', { iat: null }],
    ['JWTClaimValueInvalid', { iat: 1001 }],
  ])('are %s with %j [A2.9 D, A5.7 R]', (expected, change) => {
    const claims: unknown = JSON.parse(JSON.stringify({ ...good, ...change }));
    expect(reasonOf(claims as Record<string, unknown>)).toBe(expected);
  });

  it.each<[AdditionalClaim['format'], readonly string[], unknown, string | undefined]>([
    ['single-string', ['a'], 'a', undefined],
    ['single-string', ['a', 'b'], 'b', undefined],
    ['single-string', ['a'], 'a b', 'JWTClaimValueInvalid'],
    ['single-string', ['a'], ['a'], 'JWTClaimFormatInvalid'],
    ['single-string', ['1'], 1, 'JWTClaimFormatInvalid'],
    ['single-string', ['a'], undefined, 'JWTClaimNotPresent'],
    ['string-array', ['a', 'b'], ['c', 'b', 'a'], undefined],
    ['string-array', ['a'], 'a', 'JWTClaimFormatInvalid'],
    ['string-array', ['a'], ['a', 1], 'JWTClaimFormatInvalid'],
    ['string-array', ['a'], { 0: 'a', length: 1 }, 'JWTClaimFormatInvalid'],
    ['string-array', ['a'], ['A'], 'JWTClaimValueInvalid'],
    ['string-array', ['a'], [], 'JWTClaimValueInvalid'],
    ['string-array', [], ['a'], 'JWTClaimValueInvalid'],
    ['space-separated-values', ['read', 'write'], 'admin write read', undefined],
    ['space-separated-values', ['read'], 'readwrite', 'JWTClaimValueInvalid'],
    ['space-separated-values', ['read'], ['read'], 'JWTClaimFormatInvalid'],
  ])('as %s with %j take %j: %s [A2.9 D]', (format, values, value, expected) => {
    expect(
      reasonOf({ ...good, ...(value === undefined ? {} : { scope: value }) }, [{ name: 'scope', format, values }]),
    ).toBe(expected);
  });

  it.each([
    ['all', 'JWTClaimValueInvalid'],
    ['any', undefined],
  ] as const)('additionalClaimValues: %s [A5.4 U]', (wanted, expected) => {
    const claim = { name: 'groups', format: 'string-array', values: ['a', 'b'] } as const;
    expect(reasonOf({ ...good, groups: ['b', 'c'] }, [claim], wanted)).toBe(expected);
    expect(reasonOf({ ...good, groups: ['c'] }, [claim], wanted)).toBe('JWTClaimValueInvalid');
    expect(reasonOf({ ...good, groups: ['c'] }, [{ ...claim, values: [] }], wanted)).toBe('JWTClaimValueInvalid');
  });

  it('are the own ones of the token, and all that the action names', () => {
    const named = (name: string): AdditionalClaim => ({ name, format: 'single-string', values: ['a'] });
    expect(reasonOf(good, [named('constructor')])).toBe('JWTClaimNotPresent');
    expect(reasonOf({ ...good, x: 'a' }, [named('x'), named('y')])).toBe('JWTClaimNotPresent');
  });
});
