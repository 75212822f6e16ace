import { describe, expect, it } from '@jest/globals';
import { deriveSub } from './user.ts';
import { parseUsers, readUsersFile } from './users-file.ts';

const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_A';
const parse = (users: unknown): unknown => parseUsers(JSON.stringify({ users }), 'users.json', issuer, ['admins']);
const ada = { username: 'ada', email: 'ada@example.com', password: 's3cret-canary' };

describe('parseUsers', () => {
  it('fills in what may be left out', () => {
    expect(parse([ada])).toEqual([
      {
        sub: deriveSub(issuer, 'ada'),
        username: 'ada',
        attributes: { email: 'ada@example.com' },
        emailVerified: true,
        groups: [],
        password: 's3cret-canary',
      },
    ]);
  });

  it('keeps a sub that is given', () => {
    const sub = '6f1d6f0e-5a3c-4c1e-9d5b-0a1b2c3d4e5f';
    expect(parse([{ ...ada, sub }])).toMatchObject([{ sub }]);
  });

  it.each([
    [[{ ...ada, groups: ['root'] }], 'user "ada" is in group "root", which the pool does not have'],
    [[ada, { ...ada, email: 'other@example.com' }], 'username "ada" is used twice'],
    [[ada, { ...ada, username: 'ADA', email: 'other@example.com' }], 'username "ada" is used twice'],
    [[ada, { ...ada, username: 'bob', email: 'ADA@example.com' }], 'email "ada@example.com" is used twice'],
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
    const parseBroken = (): unknown => parseUsers(broken, 'users.json', issuer, []);
    expect(parseBroken).toThrow('users.json cannot seed the pool');
    expect(parseBroken).not.toThrow(/s3cret/);
  });
});

describe('readUsersFile', () => {
  it('names a file that is not there', async () => {
    const reading = readUsersFile('/nowhere/users.json', issuer, []);
    await expect(reading).rejects.toThrow(expect.objectContaining({ code: 'USERS_INVALID' }));
    await expect(reading).rejects.toThrow('/nowhere/users.json');
  });
});
