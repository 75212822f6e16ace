/** What can go wrong before or while a local user pool runs. Stable: callers may `switch` on it. */
export type LocalUserPoolErrorCode =
  | 'CLIENT_UNKNOWN'
  | 'POOL_CHANGED'
  | 'PORT_UNAVAILABLE'
  | 'PROVIDER_INCOMPATIBLE'
  | 'STATE_UNREADABLE'
  | 'TERRAFORM_INVALID'
  | 'USERS_INVALID';

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
