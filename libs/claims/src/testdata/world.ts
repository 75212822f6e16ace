import { type ClaimsSettings } from '../settings.ts';
import { type LocalUser } from '../testing/index.ts';

/** Settings as the stacks would give them; the account, pool and client are made up. */
export const SETTINGS = {
  albArn: 'arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/gatehouse/0123456789abcdef',
  albPublicKeysUrl: 'https://public-keys.auth.elb.us-east-1.amazonaws.com',
  issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI',
  clientId: '1albclient23456789',
  jwksUrl: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI/.well-known/jwks.json',
  bearerClientIds: ['1apiclient23456789'],
} as const satisfies ClaimsSettings;

export const API_CLIENT = SETTINGS.bearerClientIds[0];

export const ALICE = {
  subject: '6b1f7c52-0f1e-4f0b-9d0e-0a4a5a1c9f11',
  username: 'alice',
  groups: ['admins', 'users'],
  claims: { email: 'alice@example.com', email_verified: 'true', name: 'Alice Example' },
} as const satisfies LocalUser;

export const BOB = {
  subject: 'f3a4c7d0-5d0c-4f7e-8a35-3b1d8f0c2e22',
  username: 'bob',
  groups: ['users'],
  claims: { email: 'bob@example.com', email_verified: 'false' },
} as const satisfies LocalUser;
