import { afterEach, describe, expect, it } from '@jest/globals';
import { StateStore } from '../state/state-store.ts';
import { freshStateFolder } from '../testdata/folder.ts';
import { UserDirectory } from './directory.ts';
import { type User } from './user.ts';

const byUsername = { identifiers: ['username'], usernameIsSub: false, caseSensitive: false } as const;
const byEmail = { identifiers: ['email'], usernameIsSub: true, caseSensitive: false } as const;
const byEither = { ...byUsername, identifiers: ['username', 'email'] } as const;

function user(username: string, changes: Partial<User> = {}): User {
  return {
    sub: `sub-${username}`,
    username,
    attributes: { email: `${username}@example.com`, email_verified: 'true' },
    status: 'CONFIRMED',
    enabled: true,
    groups: [],
    createdAt: 1000,
    modifiedAt: 1000,
    ...changes,
  };
}

const seed = [user('ada'), user('bob')];
const stores: StateStore[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function open(folder?: string, users: readonly User[] = seed): Promise<UserDirectory> {
  for (const store of stores.splice(0)) await store.close();
  const store = await StateStore.open(folder ?? (await freshStateFolder()));
  stores.push(store);
  return UserDirectory.open(store, () => 5000, users);
}

function names(directory: UserDirectory): string[] {
  return [...directory.all()].map(({ account }) => account.user.username);
}

describe('UserDirectory', () => {
  it.each([
    ['ada', byUsername],
    ['ADA', byUsername],
    ['ada@example.com', byEmail],
    ['Ada@Example.com', byEither],
    ['ada', byEither],
    ['ada', { ...byUsername, caseSensitive: true }],
  ])('finds %p', async (identifier, signIn) => {
    expect((await open()).identify(identifier, signIn)?.user.username).toBe('ada');
  });

  it.each([
    ['nobody', byUsername],
    ['', byUsername],
    ['ada@example.com', byUsername],
    ['ada', byEmail],
    ['sub-ada', byUsername],
    ['ADA', { ...byUsername, caseSensitive: true }],
    ['constructor', byUsername],
  ])('finds nobody by %p', async (identifier, signIn) => {
    expect((await open()).identify(identifier, signIn)).toBeUndefined();
  });

  it('takes an alias that is not verified for nobody’s, where another could have it', async () => {
    const eve = user('eve', { attributes: { email: 'shared@example.com', email_verified: 'false' } });
    const owner = user('owner', { attributes: { email: 'shared@example.com', email_verified: 'true' } });
    const directory = await open(undefined, [eve, owner]);
    expect(directory.identify('shared@example.com', byEither)?.user.username).toBe('owner');
    expect((await open(undefined, [eve])).identify('shared@example.com', byEither)).toBeUndefined();
    expect((await open(undefined, [eve])).identify('shared@example.com', byEmail)?.user.username).toBe('eve');
  });

  it('lets an administrator name somebody by sub where that is the username', async () => {
    const directory = await open();
    expect(directory.resolve('sub-ada', byEmail)?.user.username).toBe('ada');
    expect(directory.resolve('sub-ada', byUsername)).toBeUndefined();
  });

  it('follows the seed file until something changes, then the state folder', async () => {
    const folder = await freshStateFolder();
    const first = await open(folder);
    await first.change('sub-ada', (account) => ({ ...account, user: { ...account.user, groups: ['admins'] } }));
    const moved = seed.map((person) => ({ ...person, attributes: { email: `new-${person.username}@example.com` } }));
    const again = await open(folder, moved);
    expect(again.find('sub-ada')).toMatchObject({
      groups: ['admins'],
      attributes: { email: 'ada@example.com' },
      modifiedAt: 5000,
    });
    expect(again.find('sub-bob')?.attributes).toEqual({ email: 'new-bob@example.com' });
    expect(again.account('sub-bob')?.credential).toEqual({ kind: 'seed' });
  });

  it('keeps who was added, after those of the seed file, in their order', async () => {
    const folder = await freshStateFolder();
    const directory = await open(folder);
    await directory.add({ user: user('zoe', { createdAt: 2000 }), credential: { kind: 'none' }, codes: {} });
    await directory.add({ user: user('carl', { createdAt: 3000 }), credential: { kind: 'none' }, codes: {} });
    expect(names(directory)).toEqual(['ada', 'bob', 'zoe', 'carl']);
    expect(names(await open(folder))).toEqual(['ada', 'bob', 'zoe', 'carl']);
  });

  it('does not bring somebody of the seed file back who was deleted', async () => {
    const folder = await freshStateFolder();
    const directory = await open(folder);
    await directory.remove('sub-ada');
    expect(directory.identify('ada', byUsername)).toBeUndefined();
    expect(names(await open(folder))).toEqual(['bob']);
  });

  it('finds a changed name, and not the old one', async () => {
    const directory = await open();
    await directory.change('sub-ada', (account) => ({
      ...account,
      user: { ...account.user, attributes: { email: 'countess@example.com' } },
    }));
    expect(directory.named('email', 'COUNTESS@example.com', byEmail).length).toBe(1);
    expect(directory.named('email', 'ada@example.com', byEmail)).toEqual([]);
  });

  it('loses no change of many at once', async () => {
    const directory = await open();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        directory.change('sub-ada', (account) => ({
          ...account,
          user: { ...account.user, groups: [...account.user.groups, String(index)] },
        })),
      ),
    );
    expect(directory.find('sub-ada')?.groups.length).toBe(50);
  });

  it('answers for nobody', async () => {
    expect(await (await open()).change('nobody', (account) => account)).toBeUndefined();
  });
});
