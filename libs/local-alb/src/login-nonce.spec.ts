import { describe, expect, it } from '@jest/globals';

import { newNonce, nonceCookie, sameNonce } from './login-nonce.ts';

describe('the login nonce', () => {
  it('has 16 alphanumeric characters, never the same', () => {
    const nonces = Array.from({ length: 200 }, newNonce);
    nonces.forEach((nonce) => expect(nonce).toMatch(/^[A-Za-z0-9]{16}$/));
    expect(new Set(nonces).size).toBe(200);
  });

  it('is set for the host, TLS and no script', () => {
    expect(nonceCookie('abc')).toBe('AWSALBAuthNonce=abc; Path=/; Secure; HttpOnly');
  });

  it('is the same only when all of it is', () => {
    expect(sameNonce('abcd', 'abcd')).toBe(true);
    for (const other of ['abce', 'abc', 'abcde', '', 'ABCD']) expect(sameNonce('abcd', other)).toBe(false);
  });
});
