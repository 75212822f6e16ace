import { HttpException } from '@nestjs/common';

import { type RefusalCode, refusals } from './refusals.ts';

/** The exception of a refusal, for the filter that all errors pass. */
export function refuse(code: RefusalCode): HttpException {
  return new HttpException({ code }, refusals[code].status);
}

/**
 * What an error of the SDK means, by its name; its message may quote an address. What is not listed, such as a role that
 * may not, or a network that is down, is for the operator.
 */
const meanings: Readonly<Record<string, RefusalCode>> = {
  UserNotFoundException: 'USER_UNKNOWN',
  ResourceNotFoundException: 'GROUP_UNKNOWN',
  UsernameExistsException: 'USER_EXISTS',
  AliasExistsException: 'USER_EXISTS',
  NotAuthorizedException: 'USER_STATE',
  UnsupportedUserStateException: 'USER_STATE',
  InvalidParameterException: 'USER_POOL_REFUSED',
  TooManyRequestsException: 'USER_POOL_BUSY',
  LimitExceededException: 'USER_POOL_BUSY',
};

/** Which refusal an error of the SDK is. */
export function meaningOf(error: unknown): RefusalCode {
  const name = error instanceof Error ? error.name : '';
  return Object.hasOwn(meanings, name) ? (meanings[name] ?? 'USER_POOL_UNAVAILABLE') : 'USER_POOL_UNAVAILABLE';
}
