import { describe, expect, it } from '@jest/globals';
import { LocalLogin } from './testing/index.ts';
import { SETTINGS, ALICE } from './testdata/world.ts';
import { createClaimsVerifier } from './verifier.ts';

describe('createClaimsVerifier', () => {
  it('believes what the load balancer and the pool say together', async () => {
    const login = new LocalLogin(SETTINGS);
    const verifier = createClaimsVerifier(SETTINGS, { fetch: login.fetch });
    const user = await verifier.verifyAlb(login.headersOf(ALICE));
    expect(user).toMatchObject({
      issuer: SETTINGS.issuer,
      subject: ALICE.subject,
      username: 'alice',
      email: 'alice@example.com',
      emailVerified: true,
      name: 'Alice Example',
      groups: ['admins', 'users'],
      scopes: ['openid'],
      via: 'alb',
      clientId: SETTINGS.clientId,
    });
  });
});
