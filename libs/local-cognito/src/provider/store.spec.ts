import { describe, expect, it } from '@jest/globals';
import { Store } from './store.ts';

describe('Store', () => {
  it('forgets by the clock it is given, and hands out no exp of another clock', async () => {
    let now = 0;
    const codes = new Store(
      () => now,
      () => new Error('used'),
    ).adapter('AuthorizationCode');
    await codes.upsert('a', { jti: 'a', exp: 1 }, 300);
    now = 299_000;
    expect(await codes.find('a')).toEqual({ jti: 'a', exp: undefined });
    now = 300_000;
    expect(await codes.find('a')).toBeUndefined();
  });

  it('lets a code be used once', async () => {
    const codes = new Store(Date.now, () => new Error('used')).adapter('AuthorizationCode');
    await codes.upsert('a', { jti: 'a' }, 300);
    const uses = await Promise.allSettled([codes.consume('a'), codes.consume('a'), codes.consume('unknown')]);
    expect(uses.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  });

  it('revokes what came from one grant, of one kind', async () => {
    const store = new Store(Date.now, () => new Error('used'));
    const [access, refresh] = [store.adapter('AccessToken'), store.adapter('RefreshToken')];
    await access.upsert('a', { grantId: 'g' }, 300);
    await access.upsert('b', { grantId: 'h' }, 300);
    await refresh.upsert('a', { grantId: 'g' }, 300);
    await access.revokeByGrantId('g');
    expect(await access.find('a')).toBeUndefined();
    expect(await access.find('b')).toBeDefined();
    expect(await refresh.find('a')).toBeDefined();
  });
});
