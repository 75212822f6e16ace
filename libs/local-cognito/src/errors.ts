/** What can go wrong before or while a local user pool runs. Stable: callers may `switch` on it. */
export type LocalUserPoolErrorCode = (typeof localUserPoolErrorCodes)[number];

/** Every code, for whoever lists them. */
export const localUserPoolErrorCodes = [
  'CLIENT_UNKNOWN',
  'POOL_CHANGED',
  'PORT_UNAVAILABLE',
  'PROVIDER_INCOMPATIBLE',
  'STATE_IN_USE',
  'STATE_UNREADABLE',
  'TERRAFORM_INVALID',
  'USERS_INVALID',
] as const;

/** Every error this library throws: a `code` for programs, and a message that says what, why and how to mend it. */
export class LocalUserPoolError extends Error {
  override readonly name = 'LocalUserPoolError';

  constructor(
    readonly code: LocalUserPoolErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
