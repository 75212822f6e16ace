import { randomInt, timingSafeEqual } from 'node:crypto';

import { type RequestCookies, setCookie } from './cookies.ts';

/** Ties a login to the browser that began it. Its name is in the access log's error reasons and in AWS's support pages. */
export const nonceCookieName = 'AWSALBAuthNonce';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** 16 alphanumeric characters, as captured from AWS. */
export function newNonce(): string {
  return Array.from({ length: 16 }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}

/** For the browser session: attributes other than Path are unknown on AWS, so the strict ones are used. */
export function nonceCookie(nonce: string): string {
  return setCookie(nonceCookieName, nonce);
}

export function nonceOf(cookies: RequestCookies): string | undefined {
  return cookies[nonceCookieName];
}

/** Compares in a time that does not depend on where two values differ. */
export function sameNonce(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
