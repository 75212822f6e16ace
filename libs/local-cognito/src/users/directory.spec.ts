import { beforeAll, describe, expect, it } from '@jest/globals';
import { UserDirectory } from './directory.ts';
import { parseUsers } from './users-file.ts';

const users = [
  { username: 'ada', email: 'ada@example.com', password: 'analytical' },
  { username: 'café', email: 'bob@example.com', password: 'cafe\u0301' },
];
const byUsername = { identifiers: ['username'], usernameIsSub: false, caseSensitive: false } as const;
const byEmail = { identifiers: ['email'], usernameIsSub: true, caseSensitive: false } as const;
const byEither = { ...byUsername, identifiers: ['username', 'email'] } as const;

describe('UserDirectory', () => {
  let directory: UserDirectory;
  beforeAll(async () => {
    directory = await UserDirectory.create(parseUsers(JSON.stringify({ users }), 'users.json', 'https://issuer', []));
  });

  it.each([
    ['ada', byUsername],
    [' ADA ', byUsername],
    ['ada@example.com', byEmail],
    ['Ada@Example.com', byEither],
    ['ada', byEither],
  ])('lets %p in', async (identifier, signIn) => {
    expect(await directory.authenticate(identifier, 'analytical', signIn)).toMatchObject({ username: 'ada' });
  });

  it.each([
    ['ada', 'analytica', byUsername],
    ['ada', '', byUsername],
    ['nobody', '', byUsername],
    ['', '', byUsername],
    ['ada@example.com', 'analytical', byUsername],
    ['ada', 'analytical', byEmail],
    ['ADA', 'analytical', { ...byUsername, caseSensitive: true }],
  ])('refuses %p with %p', async (identifier, password, signIn) => {
    expect(await directory.authenticate(identifier, password, signIn)).toBeUndefined();
  });

  it('knows a password however its accents are composed', async () => {
    expect(await directory.authenticate('café', 'caf\u00e9', byUsername)).toMatchObject({ username: 'café' });
  });

  it('takes as long over an unknown user as over a wrong password', async () => {
    const time = async (identifier: string): Promise<number> => {
      const start = performance.now();
      await directory.authenticate(identifier, 'wrong', byUsername);
      return performance.now() - start;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let round = 0; round < 7; round++) {
      known.push(await time('ada'));
      unknown.push(await time('nobody'));
    }
    // A skipped hash would be a factor of hundreds.
    expect(median(unknown) / median(known)).toBeGreaterThan(0.3);
  });

  it('hands out users without their passwords', () => {
    const sub = parseUsers(JSON.stringify({ users }), 'users.json', 'https://issuer', [])[0]?.sub ?? '';
    expect(Object.keys(directory.find(sub) ?? {})).toEqual([
      'sub',
      'username',
      'attributes',
      'emailVerified',
      'groups',
    ]);
    expect(directory.find('nobody')).toBeUndefined();
  });
});

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
