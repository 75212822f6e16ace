import { describe, expect, it } from '@jest/globals';

import { expireCookie, readCookies, setCookie } from './cookies.ts';

describe('cookies', () => {
  it('are read as sent, the first of a name', () => {
    expect({ ...readCookies('a=1%2B; b=x=y; a=2') }).toEqual({ a: '1%2B', b: 'x=y' });
    expect(readCookies(undefined)).toEqual({});
  });

  it('are those of their own header, however many others were read', () => {
    const read = (user: number): unknown => readCookies(`session=${user}`)['session'];
    for (let user = 0; user < 500; user++) expect([read(user), read(0)]).toEqual([`${user}`, '0']);
  });

  it('have no prototype to reach', () => {
    expect(readCookies('a=1')['constructor']).toBeUndefined();
  });

  it('are written for the host, TLS and no script', () => {
    expect(setCookie('a', 'b')).toBe('a=b; Path=/; Secure; HttpOnly');
    expect(expireCookie('a')).toBe('a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/; Secure; HttpOnly');
  });
});
