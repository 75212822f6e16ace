import { describe, expect, it } from '@jest/globals';

import { identityProvider, isAuthenticate, type UserPoolEndpoints } from './identity-provider.ts';
import { authenticateAction, forwardAction, oidcAction } from './testdata/load-balancer.ts';

const endpoints: UserPoolEndpoints = {
  issuer: 'https://pool',
  authorizationEndpoint: 'https://pool/authorize',
  tokenEndpoint: 'https://pool/token',
  userInfoEndpoint: 'https://pool/userinfo',
  clientSecret: 'of the pool',
};
const sources = { resolveUserPool: () => endpoints, resolveClientSecret: () => 'of the client' };

describe('identityProvider', () => {
  it('is the user pool of an action, or what the action says', () => {
    expect(identityProvider(authenticateAction, sources)).toEqual({
      kind: 'cognito',
      clientId: 'client1',
      ...endpoints,
    });
    const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId } = oidcAction;
    expect(identityProvider(oidcAction, sources)).toEqual({
      kind: 'oidc',
      ...{ issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientId },
      clientSecret: 'of the client',
    });
  });

  it.each([undefined, () => undefined, () => ''])('is none without a client secret', (resolveClientSecret) => {
    expect(() => identityProvider(oidcAction, { ...sources, resolveClientSecret })).toThrow(/client secret/);
  });
});

it('knows both kinds of login, and no other action', () => {
  expect([authenticateAction, oidcAction, forwardAction, { type: 'jwt-validation' }].map(isAuthenticate)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
