import { ClaimsError } from '../error.ts';
import { type User } from '../user.ts';
import { type ClaimsRequest } from './request.ts';

/** What a passport strategy is, seen from outside. */
export interface Strategy {
  authenticate(request: never, options?: object): unknown;
}

/**
 * Runs a strategy on a request, by passport's own protocol: on an object that inherits from the strategy and has the
 * outcomes as methods. A fresh one for each request: on the strategy itself, one request would take another's outcome.
 * Not through `passport.authenticate`, which finds strategies by name in a process-wide register, where a second
 * application would replace those of the first.
 */
export function authenticate(strategy: Strategy, request: ClaimsRequest): Promise<User> {
  return new Promise<User>((resolve, reject) => {
    const refuse = (reason: unknown): void => reject(asClaimsError(reason));
    const attempt = Object.assign(Object.create(strategy) as Strategy, {
      success: resolve,
      fail: refuse,
      error: refuse,
      redirect: refuse,
      pass: refuse,
    });
    attempt.authenticate(request as never, {});
  });
}

/** A `ClaimsError`, a fault of our own (which stays what it is), or what jsonwebtoken said of a bearer token. */
function asClaimsError(reason: unknown): Error {
  if (reason instanceof Error && reason.name === 'TokenExpiredError') return new ClaimsError('BEARER_EXPIRED');
  if (reason instanceof Error && reason.name !== 'JsonWebTokenError' && reason.name !== 'NotBeforeError') return reason;
  return new ClaimsError('BEARER_INVALID', 'its signature does not verify');
}
