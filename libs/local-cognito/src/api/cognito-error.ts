/** Errors of the cognito-idp API that are raised here, by the names of their shapes in its service model. */
export const cognitoErrorCodes = [
  'AccessDeniedException',
  'AliasExistsException',
  'CodeMismatchException',
  'EnableSoftwareTokenMFAException',
  'ExpiredCodeException',
  'IncompleteSignatureException',
  'InternalErrorException',
  'InvalidParameterException',
  'InvalidPasswordException',
  'InvalidSignatureException',
  'LimitExceededException',
  'MissingAuthenticationTokenException',
  'NotAuthorizedException',
  'PasswordResetRequiredException',
  'ResourceNotFoundException',
  'SerializationException',
  'SoftwareTokenMFANotFoundException',
  'UnauthorizedException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'UnsupportedOperationException',
  'UnsupportedTokenTypeException',
  'UnsupportedUserStateException',
  'UserNotConfirmedException',
  'UserNotFoundException',
  'UsernameExistsException',
] as const;

export type CognitoErrorCode = (typeof cognitoErrorCodes)[number];

/**
 * What Cognito answers instead: to whoever called, in Cognito's words. An SDK makes an exception of the same name of it;
 * a hosted page shows the message.
 */
export class CognitoError extends Error {
  override readonly name = 'CognitoError';

  constructor(
    readonly code: CognitoErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** One answer for a wrong password and, where the client hides its users, for somebody who is not there. */
export function wrongCredentials(): CognitoError {
  return new CognitoError('NotAuthorizedException', 'Incorrect username or password.');
}

export function attemptLimit(): CognitoError {
  return new CognitoError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
}

export function userNotFound(): CognitoError {
  return new CognitoError('UserNotFoundException', 'User does not exist.');
}

export function invalidParameter(message: string): CognitoError {
  return new CognitoError('InvalidParameterException', message);
}
