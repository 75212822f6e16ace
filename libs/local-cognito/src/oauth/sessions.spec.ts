import { describe, expect, it } from '@jest/globals';
import { StateStore } from '../state/state-store.ts';
import { freshStateFolder } from '../testdata/folder.ts';
import { Sessions } from './sessions.ts';

const nowhere = { write: () => Promise.resolve() };

describe('Sessions', () => {
  it('last one hour from the sign-in, used or not', async () => {
    let now = 1_000_000_000_000;
    const sessions = new Sessions(nowhere, () => now);
    const { cookie, session } = await sessions.start('ada');
    expect(session).toEqual({ sub: 'ada', authTime: 1_000_000_000 });
    now += 3_599_000;
    expect(sessions.find(cookie)).toEqual(session);
    now += 1000;
    expect(sessions.find(cookie)).toBeUndefined();
  });

  it('end, one by one', async () => {
    const sessions = new Sessions(nowhere, Date.now);
    const one = (await sessions.start('ada')).cookie;
    const two = (await sessions.start('ada')).cookie;
    await sessions.end(one);
    expect(sessions.find(one)).toBeUndefined();
    expect(sessions.find(two)).toMatchObject({ sub: 'ada' });
    expect(sessions.find(undefined)).toBeUndefined();
    expect(sessions.find('')).toBeUndefined();
  });

  it('go on after a restart, without the cookie in the folder, and go from it when they have expired', async () => {
    let now = 1_000_000_000_000;
    const state = await StateStore.open(await freshStateFolder());
    const { cookie } = await new Sessions(state, () => now).start('ada');
    expect(JSON.stringify(await state.entries('session'))).not.toContain(cookie);
    const again = await Sessions.open(state, () => now);
    expect(again.find(cookie)).toMatchObject({ sub: 'ada' });
    now += 3_600_000;
    await again.start('bob');
    expect((await state.entries('session')).map(([, session]) => session)).toEqual([
      { sub: 'bob', authTime: 1_000_003_600 },
    ]);
    await state.close();
  });
});
