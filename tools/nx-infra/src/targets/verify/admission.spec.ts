import { describe, expect, it } from '@jest/globals';

import { admission } from './admission.ts';

const pool = { hostname: 'pool.auth.eu-west-1.amazoncognito.com', port: '' };
const LOGIN = `https://${pool.hostname}/oauth2/authorize?client_id=x`;

function became(status: number, location?: string): string {
  const url = new URL('https://app.example.com/');
  return admission({ url, status, headers: location ? [['location', location]] : [], body: '' }, { pool });
}

describe('admission', () => {
  it.each([400, 401, 403, 405, 429, 431, 501])('is refused with %i', (status) =>
    expect(became(status)).toBe('refused'),
  );

  it('is the login only where it is that of the pool, over TLS, on its port', () => {
    expect(became(302, LOGIN)).toBe('login');
    for (const other of [
      LOGIN.replace('https:', 'http:'),
      LOGIN.replace('.com/', '.com:444/'),
      LOGIN.replace('pool.', 'tool.'),
      LOGIN.replace('.com/', '.com.evil.example/'),
      LOGIN.replace('authorize', 'token'),
      LOGIN.replace('https://', 'https://evil.example/'),
    ]) {
      expect([other, became(302, other)]).toEqual([other, 'admitted']);
    }
  });

  it.each([200, 204, 206, 301, 304, 404, 410, 418])('is everything else that is answered: %i', (status) =>
    expect(became(status)).toBe('admitted'),
  );

  it.each([500, 502, 503, 504, 561])('is broken with %i', (status) => expect(became(status)).toBe('broken'));
});
