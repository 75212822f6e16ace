import { describe, expect, it } from '@jest/globals';

import { type PoolUser } from './pool-user.ts';
import { actionsFor } from './user-actions.tsx';

const actor = { subject: 'grace' };
const ada: PoolUser = { username: 'ada', subject: 'ada', emailVerified: true, enabled: true, status: 'CONFIRMED' };

const paths = (change: Partial<PoolUser>): readonly string[] =>
  actionsFor(actor, { ...ada, ...change }).map(({ path }) => path);

describe('actionsFor', () => {
  it('offers what the state allows', () => {
    expect(paths({})).toEqual(['reset-password', 'sign-out', 'disable']);
    expect(paths({ emailVerified: false })).toEqual(['sign-out', 'disable']);
    expect(paths({ status: 'FORCE_CHANGE_PASSWORD' })).toEqual(['invite-again', 'sign-out', 'disable']);
    expect(paths({ status: 'EXTERNAL_PROVIDER' })).toEqual(['sign-out', 'disable']);
    expect(paths({ enabled: false })).toEqual(['enable']);
  });

  it('offers nobody to lock themselves out', () => {
    expect(paths({ subject: 'grace' })).toEqual(['reset-password', 'sign-out']);
  });
});
