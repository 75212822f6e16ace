import { describe, expect, it } from '@jest/globals';

import { locksOut } from './lock-out.ts';

const [ada, grace] = [{ subject: 'ada' }, { subject: 'grace' }];

describe('locksOut', () => {
  it('is what takes the own way in, and nothing else', () => {
    expect(locksOut(ada, ada, { kind: 'disable' })).toBe(true);
    expect(locksOut(ada, ada, { kind: 'leave', group: 'admins' })).toBe(true);
    expect(locksOut(ada, ada, { kind: 'leave', group: 'users' })).toBe(false);
    expect(locksOut(ada, grace, { kind: 'disable' })).toBe(false);
    expect(locksOut(ada, grace, { kind: 'leave', group: 'admins' })).toBe(false);
  });
});
