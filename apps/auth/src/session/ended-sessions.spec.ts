import { describe, expect, it } from '@jest/globals';

import { EndedSessions } from './ended-sessions.ts';

const HOUR = 3_600_000;
const signIn = { issuer: 'https://issuer', subject: 'ada', authenticatedAt: new Date(0) };

describe('EndedSessions', () => {
  let now = HOUR;
  const sessions = (): EndedSessions => new EndedSessions(3600, () => new Date(now));

  it('knows a sign-in that was ended, and no other', () => {
    const ended = sessions();
    ended.end(signIn);
    expect(ended.has({ ...signIn })).toBe(true);
    expect(ended.has({ ...signIn, subject: 'grace' })).toBe(false);
    expect(ended.has({ ...signIn, issuer: 'https://other' })).toBe(false);
    expect(ended.has({ ...signIn, authenticatedAt: new Date(1000) })).toBe(false);
  });

  it('keeps it as long as a session can last, and forgets it then', () => {
    const ended = sessions();
    ended.end(signIn);
    now += HOUR - 1;
    expect(ended.has(signIn)).toBe(true);
    now += 1;
    expect(ended.has(signIn)).toBe(false);
    ended.end({ ...signIn, subject: 'grace' });
    expect(ended.size).toBe(1);
  });

  it('ends all that a user has begun until now, and nothing that they begin later', () => {
    const ended = sessions();
    ended.endAll({ issuer: 'https://issuer', subject: 'ada' });
    expect(ended.has(signIn)).toBe(true);
    expect(ended.has({ ...signIn, authenticatedAt: new Date(now) })).toBe(true);
    expect(ended.has({ ...signIn, authenticatedAt: new Date(now + 1000) })).toBe(false);
    expect(ended.has({ ...signIn, subject: 'grace' })).toBe(false);
    expect(ended.has({ ...signIn, issuer: 'https://other' })).toBe(false);
    now += HOUR;
    expect(ended.has(signIn)).toBe(false);
    ended.endAll({ issuer: 'https://issuer', subject: 'grace' });
    expect(ended.size).toBe(1);
  });

  it('keeps a sign-in that was ended again for its whole time', () => {
    const ended = sessions();
    ended.end(signIn);
    ended.end({ ...signIn, subject: 'grace' });
    now += HOUR / 2;
    ended.end(signIn);
    now += HOUR / 2;
    ended.end({ ...signIn, subject: 'bob' });
    expect(ended.has(signIn)).toBe(true);
    expect(ended.size).toBe(2);
  });
});
