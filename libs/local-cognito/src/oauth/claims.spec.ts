import { describe, expect, it } from '@jest/globals';
import {
  accessTokenClaims,
  cognitoUsername,
  idTokenClaims,
  machineTokenClaims,
  type TokenFacts,
  userInfoClaims,
} from './claims.ts';

const user = {
  sub: 'the-sub',
  username: 'ada',
  attributes: { email: 'ada@example.com', email_verified: 'false', name: 'Ada', 'custom:team': 'red' },
  status: 'CONFIRMED',
  enabled: true,
  groups: ['admins'],
  createdAt: 0,
  modifiedAt: 0,
} as const;
const facts: TokenFacts = {
  user,
  username: 'ada',
  groups: ['admins'],
  issuer: 'https://issuer',
  clientId: 'client',
  scopes: new Set(['openid', 'email']),
  authTime: 100,
  originJti: 'origin',
  jti: 'jti',
  issuedAt: 200,
  lifetimeSeconds: 900,
};

it('an access token has groups and client_id, no aud and no attributes', () => {
  expect(accessTokenClaims(facts)).toEqual({
    sub: 'the-sub',
    'cognito:groups': ['admins'],
    iss: 'https://issuer',
    version: 2,
    client_id: 'client',
    origin_jti: 'origin',
    token_use: 'access',
    scope: 'openid email',
    auth_time: 100,
    exp: 1100,
    iat: 200,
    jti: 'jti',
    username: 'ada',
  });
});

it('an ID token has aud and attributes, email_verified a boolean', () => {
  expect(idTokenClaims(facts, { nonce: 'n', accessTokenHash: 'h' })).toEqual({
    at_hash: 'h',
    sub: 'the-sub',
    'cognito:groups': ['admins'],
    email: 'ada@example.com',
    email_verified: false,
    iss: 'https://issuer',
    'cognito:username': 'ada',
    nonce: 'n',
    origin_jti: 'origin',
    aud: 'client',
    token_use: 'id',
    auth_time: 100,
    exp: 1100,
    iat: 200,
    jti: 'jti',
  });
});

it('leaves out groups and nonce that are not there', () => {
  const claims = idTokenClaims({ ...facts, groups: [] }, { nonce: undefined, accessTokenHash: 'h' });
  expect(Object.keys(claims)).not.toContain('cognito:groups');
  expect(Object.keys(claims)).not.toContain('nonce');
});

describe('userInfo', () => {
  it.each([
    [['openid'], { email: 'ada@example.com', email_verified: 'false', name: 'Ada', 'custom:team': 'red' }],
    [['openid', 'email'], { email: 'ada@example.com', email_verified: 'false' }],
    [['openid', 'profile'], { name: 'Ada', 'custom:team': 'red' }],
    [['openid', 'phone'], {}],
  ])('of scopes %j gives strings and no groups', (scopes, attributes) => {
    expect(userInfoClaims(user, 'ada', new Set(scopes))).toEqual({ sub: 'the-sub', username: 'ada', ...attributes });
  });
});

it('a pool where people sign in by email makes the username up', () => {
  const signIn = { identifiers: ['email'], usernameIsSub: true, caseSensitive: false } as const;
  expect(cognitoUsername(user, signIn)).toBe('the-sub');
  expect(cognitoUsername(user, { ...signIn, usernameIsSub: false })).toBe('ada');
});

it("a program's token is for itself, and names nobody", () => {
  const machine = { clientId: 'jobs', scopes: ['api/read'], issuer: 'https://issuer', jti: 'jti' };
  expect(machineTokenClaims({ ...machine, issuedAt: 200, lifetimeSeconds: 900 })).toEqual({
    sub: 'jobs',
    token_use: 'access',
    scope: 'api/read',
    auth_time: 200,
    iss: 'https://issuer',
    exp: 1100,
    iat: 200,
    version: 2,
    jti: 'jti',
    client_id: 'jobs',
  });
});
