import { describe, expect, it } from '@jest/globals';
import { type Change, StateStore } from '../state/state-store.ts';
import { freshStateFolder } from '../testdata/folder.ts';
import { Store } from './store.ts';

const written: Change[] = [];
const writer = {
  write: (changes: readonly Change[]): Promise<void> => {
    written.push(...changes);
    return Promise.resolve();
  },
};
const used = (): Error => new Error('used');

describe('Store', () => {
  it('forgets by the clock it is given, and hands out no exp of another clock', async () => {
    let now = 0;
    const codes = new Store(writer, () => now, used).adapter('AuthorizationCode');
    await codes.upsert('a', { jti: 'a', exp: 1 }, 300);
    now = 299_000;
    expect(await codes.find('a')).toEqual({ jti: 'a', exp: undefined });
    now = 300_000;
    expect(await codes.find('a')).toBeUndefined();
  });

  it('lets a code be used once', async () => {
    const codes = new Store(writer, Date.now, used).adapter('AuthorizationCode');
    await codes.upsert('a', { jti: 'a' }, 300);
    const uses = await Promise.allSettled([codes.consume('a'), codes.consume('a'), codes.consume('unknown')]);
    expect(uses.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('revokes what came from one grant, of one kind', async () => {
    const store = new Store(writer, Date.now, used);
    const [access, refresh] = [store.adapter('AccessToken'), store.adapter('RefreshToken')];
    await access.upsert('a', { grantId: 'g' }, 300);
    await access.upsert('b', { grantId: 'h' }, 300);
    await refresh.upsert('a', { grantId: 'g' }, 300);
    await access.revokeByGrantId('g');
    expect(await access.find('a')).toBeUndefined();
    expect(await access.find('b')).toBeDefined();
    expect(await refresh.find('a')).toBeDefined();
    await store.endGrant('g');
    expect(await refresh.find('a')).toBeUndefined();
  });

  it("ends all that is a user's, and nothing of another's", async () => {
    const store = new Store(writer, Date.now, used);
    const kinds = ['AccessToken', 'RefreshToken', 'AuthorizationCode', 'Grant'].map((kind) => store.adapter(kind));
    for (const kind of kinds) {
      await kind.upsert('a', { accountId: 'ada' }, 300);
      await kind.upsert('b', { accountId: 'bob' }, 300);
    }
    await store.endAccount('ada');
    for (const kind of kinds) {
      expect(await kind.find('a')).toBeUndefined();
      expect(await kind.find('b')).toBeDefined();
    }
  });

  it('is there again after a restart, without what could be used from the folder', async () => {
    const folder = await freshStateFolder();
    const first = await StateStore.open(folder);
    const store = await Store.open(first, Date.now, used);
    await store.adapter('RefreshToken').upsert('refresh-secret', { jti: 'refresh-secret', accountId: 'ada' }, 300);
    await store.adapter('AuthorizationCode').upsert('code-secret', { jti: 'code-secret' }, 300);
    await store.adapter('AuthorizationCode').consume('code-secret');
    expect(JSON.stringify(await first.entries('token'))).not.toMatch(/refresh-secret|code-secret/);
    await first.close();

    const second = await StateStore.open(folder);
    const again = await Store.open(second, Date.now, used);
    expect(await again.adapter('RefreshToken').find('refresh-secret')).toMatchObject({ jti: 'refresh-secret' });
    await expect(again.adapter('AuthorizationCode').consume('code-secret')).rejects.toThrow('used');
    await again.endAccount('ada');
    expect((await second.entries('token')).length).toBe(1);
    await second.close();
  });

  it('clears away what has expired', async () => {
    let now = 0;
    const tokens = new Store(writer, () => now, used).adapter('AccessToken');
    await tokens.upsert('old', {}, 10);
    now = 100_000;
    written.length = 0;
    await tokens.upsert('new', {}, 10);
    expect(written[0]).toEqual({ kind: 'token', id: 'AccessToken:old', value: undefined });
  });
});
