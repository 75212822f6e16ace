import { type Visitor } from './visitor.ts';

/** The cookie that binds a login to the browser that began it. */
export const NONCE = 'AWSALBAuthNonce';

const SESSION = /^AWSELBAuthSessionCookie-\d$/;

/** The cookies that together are a visitor's session. */
export function shardsOf(visitor: Visitor, address: string): readonly (readonly [name: string, value: string])[] {
  return [...visitor.cookies(address)].filter(([name]) => SESSION.test(name));
}

/** Another character, in the middle if nothing is said, of the same alphabet. */
export function flipped(value: string, at = Math.floor(value.length / 2)): string {
  return value.slice(0, at) + (value.charAt(at) === 'A' ? 'B' : 'A') + value.slice(at + 1);
}
