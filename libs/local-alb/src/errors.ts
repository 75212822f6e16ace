/** Every code of {@link LocalAlbError}; each is a row of the README and is raised by a test. */
export const localAlbErrorCodes = [
  // A listener or a rule could not work on AWS either, or holds references that were never resolved.
  'INVALID_LISTENER',
  // Another program listens on a listener's port.
  'PORT_IN_USE',
  // The system refuses to listen for another reason.
  'LISTEN_FAILED',
  // A key or a certificate of the state folder cannot be read.
  'STATE_UNUSABLE',
  // The command was given what it does not take.
  'OPTION_INVALID',
  // The command cannot read the Terraform configuration, or it says too little to be run.
  'CONFIGURATION_UNUSABLE',
] as const;

/** What can stop a local ALB from starting or from taking a new configuration. */
export type LocalAlbErrorCode = (typeof localAlbErrorCodes)[number];

/** Thrown by `startLocalAlb`, `LocalAlb.update`, `ensureLocalAuthority` and the command; never while a request is answered. */
export class LocalAlbError extends Error {
  override readonly name = 'LocalAlbError';

  constructor(
    readonly code: LocalAlbErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
