import { randomBytes } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';

import { readCookies, type RequestCookies } from './cookies.ts';
import { sealLoginState } from './login-state.ts';
import { SealedBox } from './sealed-box.ts';
import { type Session } from './session.ts';
import { expireShards, readSession, writeSession } from './session-cookie.ts';

const box = new SealedBox(randomBytes(32));
const name = 'AWSELBAuthSessionCookie';
const session: Session = {
  claims: { sub: 'user-1' },
  accessToken: 'token',
  startedAt: 1_000_000,
  action: 'a',
  expiresAt: 2_000_000,
};

const long = (length: number): Session => ({
  ...session,
  accessToken: randomBytes(length).toString('hex').slice(0, length),
});
const header = (written: readonly string[]): string => written.map((cookie) => cookie.split(';')[0]).join('; ');
const cookiesOf = (written: readonly string[] | undefined): RequestCookies => readCookies(header(written ?? []));
const write = (value: Session, cookies: RequestCookies = {}): readonly string[] =>
  writeSession(box, value, { name, cookies }) ?? [];

describe('the session cookie', () => {
  it.each([
    ['one shard', 100, 1],
    ['two', 4000, 2],
    ['four', 11_000, 4],
  ])('carries a session in %s [B3.6 D, B3.7 R]', (_, length, shards) => {
    const value = long(length);
    const written = write(value);
    expect(written).toHaveLength(shards);
    written.slice(0, -1).forEach((shard) => expect(shard.split(';')[0]?.split(/=(.*)/)[1]).toHaveLength(3984));
    expect(readSession(box, name, cookiesOf(written), 1_500_000)).toEqual({ state: 'valid', session: value });
  });

  it('does not carry what needs five', () => {
    expect(writeSession(box, long(12_000), { name, cookies: {} })).toBeUndefined();
  });

  it('is for the host alone, TLS, no script, and seven days from the login on [B3.8 R, B3.9 D, B3.10 D]', () => {
    expect(write(session)).toEqual([
      expect.stringMatching(
        /^AWSELBAuthSessionCookie-0=[A-Za-z0-9+/=]+; Expires=Thu, 08 Jan 1970 00:16:40 GMT; Path=\/; Secure; HttpOnly$/,
      ),
    ]);
    const crossOrigin = writeSession(box, session, { name, cookies: {}, sameSite: 'None' });
    expect(crossOrigin?.[0]).toMatch(/; SameSite=None$/);
  });

  it('removes the shards that a longer one left [B3.15 D]', () => {
    const before = cookiesOf(write(long(11_000)));
    const written = write(session, before);
    expect(written.slice(1)).toEqual(
      [1, 2, 3].map((shard) => `${name}-${shard}=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure; HttpOnly`),
    );
    expect(expireShards(name, before)).toHaveLength(4);
    expect(expireShards(name, { [`${name}-4`]: 'x', other: 'x' })).toEqual([]);
  });

  it('ends with the time inside it, not with the browser [A3.3 D, B6.4 D, B3.10 D]', () => {
    const cookies = cookiesOf(write(session));
    expect(readSession(box, name, cookies, 1_999_999).state).toBe('valid');
    expect(readSession(box, name, cookies, 2_000_000).state).toBe('expired');
  });

  it('is none without a shard', () => {
    expect(readSession(box, name, { other: 'x', [name]: 'x' }, 0)).toEqual({ state: 'none' });
  });

  it('is malformed when a shard is missing, foreign, exchanged, empty or URL-encoded [B3.11 R, B3.16 U]', () => {
    const whole = cookiesOf(write(long(8000)));
    const other = cookiesOf(write(long(8000)));
    const [zero, one] = [`${name}-0`, `${name}-1`];
    for (const cookies of [
      { ...whole, [zero]: undefined },
      { ...whole, [one]: undefined },
      { ...whole, [one]: other[one] },
      { ...whole, [zero]: whole[one], [one]: whole[zero] },
      { ...whole, [`${name}-3`]: 'AAAA' },
      { [zero]: '' },
      { [zero]: 'not of ours' },
      { ...whole, [one]: encodeURIComponent(`${whole[one]}`).replaceAll('%', '%25') + '%3D' },
    ]) {
      expect(readSession(box, name, cookies, 1_500_000)).toEqual({ state: 'malformed' });
    }
  });

  it('is not read under the name of another rule, and a login state is no session', () => {
    const renamed = { 'other-0': cookiesOf(write(session))[`${name}-0`] };
    expect(readSession(box, 'other', renamed, 1_500_000)).toEqual({ state: 'malformed' });
    const state = sealLoginState(box, { uri: 'https://a/', nonce: 'n', iat: 1, action: 'a' });
    expect(readSession(box, name, { [`${name}-0`]: state }, 1_500_000)).toEqual({ state: 'malformed' });
  });
});
