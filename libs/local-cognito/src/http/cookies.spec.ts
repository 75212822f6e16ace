import { expect, it } from '@jest/globals';
import { parseCookies, setCookie } from './cookies.ts';

it.each([
  [undefined, []],
  [
    'a=1; b=x=y',
    [
      ['a', '1'],
      ['b', 'x=y'],
    ],
  ],
  ['a=1; a=2', [['a', '1']]],
  ['junk; a = 1 ;', [['a', '1']]],
])('reads %p', (header, cookies) => {
  expect([...parseCookies(header)]).toEqual(cookies);
});

it('keeps a cookie to the host, to HTTPS and from scripts', () => {
  expect(setCookie('cognito', 'x', 3600)).toBe('cognito=x; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600');
});
