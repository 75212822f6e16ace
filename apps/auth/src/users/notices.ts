/**
 * What the page says after a change. The address of the page carries the key alone, so that no link can put words on it.
 */
export const notices = {
  invited: 'The invitation is on its way.',
  disabled: 'The account is disabled, and its sessions are ended.',
  enabled: 'The account is enabled.',
  reset: 'A code is on its way, with which another password is to be chosen.',
  joined: 'The group is added. It counts from the next sign-in on, or when the session is refreshed.',
  left: 'The group is taken away. It counts from the next sign-in on, or when the session is refreshed.',
  signedOut: 'The user is signed out everywhere.',
  nothing: 'Nothing was changed: you had to sign in first. You can do it now.',
} as const;

export type Notice = keyof typeof notices;

/** The words for a key out of an address, if it is one. */
export function noticeOf(key: unknown): string | undefined {
  return typeof key === 'string' && Object.hasOwn(notices, key) ? notices[key as Notice] : undefined;
}
