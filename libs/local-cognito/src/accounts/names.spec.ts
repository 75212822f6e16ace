import { describe, expect, it } from '@jest/globals';
import { nameNewUser } from './names.ts';

const byUsername = { identifiers: ['username'], usernameIsSub: false, caseSensitive: false } as const;
const byEmail = { identifiers: ['email'], usernameIsSub: true, caseSensitive: false } as const;
const byAlias = { ...byUsername, identifiers: ['username', 'email'] } as const;
const byPhone = { ...byEmail, identifiers: ['phone_number'] } as const;

describe('nameNewUser', () => {
  it.each([
    ['ada', byUsername, { username: 'ada', attributes: {} }],
    ['ada@example.com', byUsername, { username: 'ada@example.com', attributes: {} }],
    ['ada@example.com', byEmail, { username: 'the-sub', attributes: { email: 'ada@example.com' } }],
    ['+12025550100', byPhone, { username: 'the-sub', attributes: { phone_number: '+12025550100' } }],
    ['ada', byAlias, { username: 'ada', attributes: {} }],
  ])('calls %s', (username, signIn, named) => {
    expect(nameNewUser(username, {}, 'the-sub', signIn)).toEqual(named);
  });

  it.each([
    ['ada', byEmail, 'Username should be an email.'],
    ['ada', byPhone, 'Username should be a phone number.'],
    ['ada@example.com', byAlias, 'Username cannot be of email format'],
    ['a b', byUsername, 'failed to satisfy constraint'],
    ['', byUsername, 'failed to satisfy constraint'],
  ])('refuses %p', (username, signIn, message) => {
    expect(() => nameNewUser(username, {}, 'the-sub', signIn)).toThrow(message);
  });
});
