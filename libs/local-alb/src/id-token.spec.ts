import { describe, expect, it } from '@jest/globals';

import { checkIdToken } from './id-token.ts';
import { fakeJwt } from './testdata/fake-user-pool.ts';

const expected = { issuer: 'https://issuer', clientId: 'client1', subject: 'user-1' };
const claims = { iss: 'https://issuer', aud: 'client1', sub: 'user-1' };

describe('checkIdToken', () => {
  it.each([[claims], [{ ...claims, aud: ['other', 'client1'] }], [{ ...claims, azp: 'client1' }]])(
    'accepts %j',
    (payload) => {
      expect(() => checkIdToken(fakeJwt(payload), expected)).not.toThrow();
    },
  );

  it.each([
    ['none', undefined],
    ['no token', 'text'],
    ['no JSON', 'a.b.c'],
    ['JSON that is no object', `a.${Buffer.from('null').toString('base64url')}.c`],
    ['another issuer', fakeJwt({ ...claims, iss: 'https://other' })],
    ['another client', fakeJwt({ ...claims, aud: 'other' })],
    ['another user', fakeJwt({ ...claims, sub: 'user-2' })],
    ['another party', fakeJwt({ ...claims, aud: ['other', 'client1'], azp: 'other' })],
    ['no claims', fakeJwt({})],
  ])('refuses %s', (_, token) => {
    let failure: unknown;
    try {
      checkIdToken(token, expected);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ name: 'AuthFailure', reason: 'AuthInvalidIdToken', status: 401 });
  });

  it('asks about the expiry where it is told the time [B1.5 U]', () => {
    const at = (exp: unknown) => () => checkIdToken(fakeJwt({ ...claims, exp }), { ...expected, now: 1000_000 });
    expect(at(1001)).not.toThrow();
    for (const exp of [1000, 999, '1001', undefined]) expect(at(exp)).toThrow(/expir/);
  });
});
