import { describe, expect, it } from '@jest/globals';
import { type Account } from '../users/account.ts';
import { type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { readUserPool } from '../settings/read-user-pool.ts';
import { cognitoStackJson } from '../testdata/stack.ts';
import { assertMaySignIn, nextStep } from './sign-in.ts';

const user: Account['user'] = {
  sub: 'sub',
  username: 'ada',
  attributes: {},
  status: 'CONFIRMED',
  enabled: true,
  groups: [],
  createdAt: 0,
  modifiedAt: 0,
};
const plain: Account = { user, credential: { kind: 'seed' }, codes: {} };
const withApp: Account = { ...plain, totp: { secret: 'A', enabled: true, lastStep: -1 } };
const withAppOff: Account = { ...plain, totp: { secret: 'A', enabled: false, lastStep: -1 } };

function settings(mode: UserPoolSettings['mfa']['mode']): () => UserPoolSettings {
  const pool = { mfa_configuration: mode, software_token_mfa_configuration: { enabled: true } };
  return () => readUserPool(cognitoStackJson({ pool }));
}

describe('after the password', () => {
  it.each([
    ['OFF', plain, 'done'],
    ['OFF', withApp, 'done'],
    ['OPTIONAL', plain, 'done'],
    ['OPTIONAL', withApp, 'SOFTWARE_TOKEN_MFA'],
    ['OPTIONAL', withAppOff, 'done'],
    ['ON', plain, 'MFA_SETUP'],
    ['ON', withApp, 'SOFTWARE_TOKEN_MFA'],
    ['ON', withAppOff, 'SOFTWARE_TOKEN_MFA'],
  ] as const)('with second factors %s comes, for %j, %s', (mode, account, expected) => {
    const step = nextStep({ settings: settings(mode) }, account);
    expect(step.kind === 'done' ? 'done' : step.name).toBe(expected);
  });

  it.each(['OFF', 'ON', 'OPTIONAL'] as const)('a temporary password comes first, with second factors %s', (mode) => {
    const temporary = { ...withApp, user: { ...user, status: 'FORCE_CHANGE_PASSWORD' as const } };
    expect(nextStep({ settings: settings(mode) }, temporary)).toMatchObject({ name: 'NEW_PASSWORD_REQUIRED' });
  });
});

it.each([
  [{ enabled: false }, 'NotAuthorizedException'],
  [{ status: 'UNCONFIRMED' as const }, 'UserNotConfirmedException'],
  [{ status: 'RESET_REQUIRED' as const }, 'PasswordResetRequiredException'],
])('somebody with %j may not sign in', (changes, code) => {
  expect(() => assertMaySignIn({ ...user, ...changes })).toThrow(expect.objectContaining({ code }));
  expect(() => assertMaySignIn(user)).not.toThrow();
});
