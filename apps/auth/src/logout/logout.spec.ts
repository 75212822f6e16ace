import { describe, expect, it } from '@jest/globals';

import { expiredSessionCookies, hostedLogoutUrl } from './logout.ts';

describe('expiredSessionCookies', () => {
  it('expires all four shards with the flags of the originals', () => {
    expect(expiredSessionCookies({ sessionCookieName: 'Session' })).toEqual([
      'Session-0=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly',
      'Session-1=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly',
      'Session-2=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly',
      'Session-3=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Secure; HttpOnly',
    ]);
  });
});

describe('hostedLogoutUrl', () => {
  it('names the client and the page to land on, without a slash at its end', () => {
    const url = hostedLogoutUrl({
      cognitoHostedUrl: 'https://gatehouse.auth.eu-central-1.amazoncognito.com',
      cognitoClientId: '1example23456789',
      publicUrl: 'https://app.localhost:8443',
    });
    expect(url).toBe(
      'https://gatehouse.auth.eu-central-1.amazoncognito.com/logout' +
        '?client_id=1example23456789&logout_uri=https%3A%2F%2Fapp.localhost%3A8443%2Flogged-out',
    );
  });
});
