import { randomBytes } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { actionFingerprint, openLoginState, sealLoginState } from './login-state.ts';
import { SealedBox } from './sealed-box.ts';
import { type Session } from './session.ts';
import { writeSession } from './session-cookie.ts';
import { authenticateAction, oidcAction } from './testdata/load-balancer.ts';

const box = new SealedBox(randomBytes(32));
const state = { uri: 'https://app.localhost/x', nonce: 'n', iat: 1000, action: 'a' };

describe('the login state', () => {
  it('comes back within 15 minutes, and not later', () => {
    const sealed = sealLoginState(box, state);
    expect(openLoginState(box, sealed, 1000 + 15 * 60_000)).toEqual(state);
    expect(openLoginState(box, sealed, 1001 + 15 * 60_000)).toBeUndefined();
  });

  it('does not open when it was changed, or is a session', () => {
    const sealed = sealLoginState(box, state);
    const changed = sealed.startsWith('A') ? `B${sealed.slice(1)}` : `A${sealed.slice(1)}`;
    expect(openLoginState(box, changed, 1000)).toBeUndefined();
    const session: Session = { claims: { sub: 'a' }, accessToken: 't', action: 'a', startedAt: 1, expiresAt: 2 };
    const cookie = writeSession(box, session, { name: 'login state', cookies: {} })?.[0] ?? '';
    expect(openLoginState(box, cookie.split(/[=;]/)[1] ?? '', 1000)).toBeUndefined();
  });

  it('tells actions apart by pool, client and cookie, and by nothing that a reload may change', () => {
    const same = { ...authenticateAction, scope: 'openid', sessionTimeoutSeconds: 1 };
    expect(actionFingerprint(same)).toBe(actionFingerprint(authenticateAction));
    for (const change of [{ userPoolArn: 'x' }, { userPoolClientId: 'x' }, { sessionCookieName: 'x' }]) {
      expect(actionFingerprint({ ...authenticateAction, ...change })).not.toBe(actionFingerprint(authenticateAction));
    }
  });

  it('tells other providers apart by everything that a code or a token is sent to', () => {
    const same = { ...oidcAction, scope: 'openid', sessionTimeoutSeconds: 1 };
    expect(actionFingerprint(same)).toBe(actionFingerprint(oidcAction));
    const names = ['issuer', 'authorizationEndpoint', 'tokenEndpoint', 'userInfoEndpoint', 'clientId'] as const;
    const prints = names.map((name) => actionFingerprint({ ...oidcAction, [name]: 'https://other.example.com' }));
    expect(new Set([...prints, actionFingerprint(oidcAction), actionFingerprint(authenticateAction)]).size).toBe(7);
  });
});
