import { describe, expect, it } from '@jest/globals';
import { parseFilter } from './list-filter.ts';
import { type User } from './user.ts';

const signIn = { identifiers: ['username'], usernameIsSub: false, caseSensitive: false } as const;
const ada: User = {
  sub: 'Sub-1',
  username: 'ada',
  attributes: { email: 'Ada@example.com', given_name: 'A "da" \\' },
  status: 'CONFIRMED',
  enabled: true,
  groups: [],
  createdAt: 0,
  modifiedAt: 0,
};

describe('parseFilter', () => {
  it.each([
    ['username = "ada"', true],
    ['username = "ad"', false],
    ['username ^= "ad"', true],
    ['"email"="ADA@EXAMPLE.COM"', true],
    ['email ^= "ada@"', true],
    ['email ^= "da@"', false],
    ['sub = "Sub-1"', true],
    ['sub = "sub-1"', false],
    ['cognito:user_status = "CONFIRMED"', true],
    ['status = "Enabled"', true],
    ['status = "Disabled"', false],
    ['given_name = "A \\"da\\" \\\\"', true],
    ['family_name ^= ""', false],
  ])('%s: %p', (filter, matches) => {
    expect(parseFilter(filter, ({ username }) => username, signIn)?.(ada)).toBe(matches);
  });

  it('tells capitals apart where the pool does', () => {
    const filter = parseFilter('username = "ADA"', ({ username }) => username, { ...signIn, caseSensitive: true });
    expect(filter?.(ada)).toBe(false);
  });

  it.each(['', 'username', 'username = ada', 'custom:team = "red"', 'username = "a" or "b"', 'username > "a"'])(
    'is none: %p',
    (filter) => {
      expect(parseFilter(filter, ({ username }) => username, signIn)).toBeUndefined();
    },
  );
});
