import { describe, expect, it } from '@jest/globals';

import { bearerToken } from './bearer-token.ts';

const ask = (values: readonly string[], bearerScheme: 'exact' | 'any-case' = 'exact'): string | undefined => {
  try {
    return bearerToken({ headers: values.map((value) => ['authorization', value]) }, { bearerScheme });
  } catch (error) {
    return (error as { readonly reason?: string }).reason;
  }
};

describe('the bearer token', () => {
  it('is that of the one Authorization header [A2.9 D]', () => {
    expect(ask(['Bearer a.b-c_d.e'])).toBe('a.b-c_d.e');
    expect(bearerToken({ headers: [['AUTHORIZATION', 'Bearer x']] }, { bearerScheme: 'exact' })).toBe('x');
  });

  it('is none without such a header, or with anything else [A5.7 R]', () => {
    expect(ask([])).toBe('JWTHeaderNotPresent');
    const none = [['Bearer a', 'Bearer a'], ['Bearer a, Bearer b'], ['Bearer'], ['Bearer '], ['Basic a'], ['a'], ['']];
    for (const values of [...none, ['Bearer\ta'], ['Bearer a b'], ['xBearer a'], ['Bearer ä']]) {
      expect([values, ask(values)]).toEqual([values, 'JWTRequestFormatInvalid']);
    }
  });

  it.each([
    ['exact', 'JWTRequestFormatInvalid'],
    ['any-case', 'x'],
  ] as const)('bearerScheme: %s [A5.3 U]', (bearerScheme, expected) => {
    expect(ask(['bearer x'], bearerScheme)).toBe(expected);
    expect(ask(['Bearer x'], bearerScheme)).toBe('x');
  });
});
