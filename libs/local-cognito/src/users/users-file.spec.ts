import { describe, expect, it } from '@jest/globals';
import { deriveSub } from './user.ts';
import { parseUsers, readUsersFile } from './users-file.ts';

const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_A';
const settings = {
  groups: [{ name: 'admins' }],
  attributes: [{ name: 'custom:team', type: 'String', mutable: true, required: false, maximum: 4 }],
} as const;
const parse = (users: unknown): unknown => parseUsers(JSON.stringify({ users }), 'users.json', issuer, settings, 1000);
const ada = { username: 'ada', email: 'ada@example.com', password: 's3cret-canary' };

describe('parseUsers', () => {
  it('fills in what may be left out', () => {
    expect(parse([ada])).toEqual([
      {
        user: {
          sub: deriveSub(issuer, 'ada'),
          username: 'ada',
          attributes: { email: 'ada@example.com', email_verified: 'true' },
          status: 'CONFIRMED',
          enabled: true,
          groups: [],
          createdAt: 1000,
          modifiedAt: 1000,
        },
        password: 's3cret-canary',
      },
    ]);
  });

  it('takes attributes of the pool', () => {
    const attributes = { 'custom:team': 'red', phone_number: '+12025550100' };
    expect(parse([{ ...ada, email_verified: false, attributes }])).toMatchObject([
      { user: { attributes: { email: 'ada@example.com', email_verified: 'false', ...attributes } } },
    ]);
  });

  it('keeps a sub that is given', () => {
    const sub = '6f1d6f0e-5a3c-4c1e-9d5b-0a1b2c3d4e5f';
    expect(parse([{ ...ada, sub }])).toMatchObject([{ user: { sub } }]);
  });

  it.each([
    [[{ ...ada, groups: ['root'] }], 'user "ada" is in group "root", which the pool does not have'],
    [[ada, { ...ada, email: 'other@example.com' }], 'username "ada" is used twice'],
    [[ada, { ...ada, username: 'ADA', email: 'other@example.com' }], 'username "ada" is used twice'],
    [[ada, { ...ada, username: 'bob', email: 'ADA@example.com' }], 'email "ada@example.com" is used twice'],
    [[{ ...ada, attributes: { 'custom:team': 'purple' } }], 'custom:team: String must be no longer than 4 characters'],
    [[{ ...ada, attributes: { team: 'red' } }], 'team: Attribute does not exist in the schema.'],
    [[{ ...ada, email: 'nobody' }], 'users.0.email'],
    [[{ ...ada, username: 'a b' }], 'users.0.username'],
    [[{ ...ada, password: '' }], 'users.0.password'],
    [[{ ...ada, admin: true }], 'admin'],
    ['ada', 'users'],
  ])('refuses %j', (users, line) => {
    expect(() => parse(users)).toThrow(expect.objectContaining({ code: 'USERS_INVALID' }));
    expect(() => parse(users)).toThrow(line);
    expect(() => parse(users)).not.toThrow(/s3cret-canary/);
  });

  it('does not quote a file that is not JSON: it holds passwords', () => {
    const broken = '{ "users": [{ "password": "s3cret-canary" ]';
    const parseBroken = (): unknown => parseUsers(broken, 'users.json', issuer, settings, 0);
    expect(parseBroken).toThrow('users.json cannot seed the pool');
    expect(parseBroken).not.toThrow(/s3cret/);
  });
});

describe('readUsersFile', () => {
  it('names a file that is not there', async () => {
    const reading = readUsersFile('/nowhere/users.json', issuer, settings);
    await expect(reading).rejects.toThrow(expect.objectContaining({ code: 'USERS_INVALID' }));
    await expect(reading).rejects.toThrow('/nowhere/users.json');
  });
});
