import { describe, expect, it } from '@jest/globals';
import { Sessions } from './sessions.ts';

describe('Sessions', () => {
  it('last one hour from the sign-in, used or not', () => {
    let now = 1_000_000_000_000;
    const sessions = new Sessions(() => now);
    const { cookie, session } = sessions.start('ada');
    expect(session).toEqual({ sub: 'ada', authTime: 1_000_000_000 });
    now += 3_599_000;
    expect(sessions.find(cookie)).toEqual(session);
    now += 1000;
    expect(sessions.find(cookie)).toBeUndefined();
  });

  it('end, one by one', () => {
    const sessions = new Sessions(Date.now);
    const one = sessions.start('ada').cookie;
    const two = sessions.start('ada').cookie;
    sessions.end(one);
    expect(sessions.find(one)).toBeUndefined();
    expect(sessions.find(two)).toMatchObject({ sub: 'ada' });
    expect(sessions.find(undefined)).toBeUndefined();
    expect(sessions.find('')).toBeUndefined();
  });
});
