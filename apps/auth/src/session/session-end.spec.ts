import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { sessionEnd } from './session-end.ts';

const login = new Date('2025-03-01T12:00:00Z');

describe('sessionEnd', () => {
  it('counts from the login while that lies ahead', () => {
    expect(sessionEnd(login, 3600, new Date('2025-03-01T12:20:00Z'))).toEqual({
      certainty: 'about',
      at: new Date('2025-03-01T13:00:00Z'),
      secondsLeft: 2400,
    });
  });

  it('gives the latest moment for a session that was begun without a new password', () => {
    expect(sessionEnd(login, 900, new Date('2025-03-01T12:50:00Z'))).toEqual({
      certainty: 'latest',
      at: new Date('2025-03-01T13:05:00Z'),
      secondsLeft: 900,
    });
  });

  it('never names a moment that has passed, nor one further away than a whole session from a login in the past', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (age, timeout) => {
        const now = new Date(login.getTime() + age * 1000);
        const end = sessionEnd(login, timeout, now);
        expect(end.at.getTime()).toBeGreaterThan(now.getTime());
        expect(end.secondsLeft).toBeGreaterThan(0);
        expect(end.secondsLeft).toBeLessThanOrEqual(timeout);
      }),
    );
  });
});
