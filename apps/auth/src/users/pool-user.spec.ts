import { expect, it } from '@jest/globals';

import { readPoolUser } from './pool-user.ts';
import { stateOf } from './user-state.tsx';

it('reads what the API says of a user, and takes what is missing for the lesser right', () => {
  const day = new Date(0);
  expect(
    readPoolUser({ Username: 'u', Enabled: true, UserStatus: 'CONFIRMED', UserCreateDate: day }, [
      { Name: 'sub', Value: 's' },
      { Name: 'email', Value: 'ada@example.com' },
      { Name: 'email_verified', Value: 'true' },
      { Name: 'name', Value: 'Ada' },
    ]),
  ).toEqual({
    username: 'u',
    subject: 's',
    email: 'ada@example.com',
    emailVerified: true,
    name: 'Ada',
    enabled: true,
    status: 'CONFIRMED',
    createdAt: day,
  });
  const empty = readPoolUser({ Username: 'u' });
  expect(empty).toEqual({ username: 'u', subject: 'u', emailVerified: false, enabled: false, status: 'UNKNOWN' });
});

it('calls whoever may not sign in disabled, whatever else they are', () => {
  expect(stateOf({ enabled: false, status: 'CONFIRMED' })).toBe('Disabled');
  expect(stateOf({ enabled: true, status: 'FORCE_CHANGE_PASSWORD' })).toBe('Invited');
});
