import { type JwtValidationAction } from '@gatehouse/listener';

import { type AlbRequest } from './alb-request.ts';
import { AuthFailure } from './auth-failure.ts';
import { bearerToken } from './bearer-token.ts';
import { isSigned, readJwt } from './jwt.ts';
import { checkClaims } from './jwt-claims.ts';
import { type KeySets } from './key-sets.ts';
import { type Switches } from './switches.ts';

/** What a `jwt-validation` action works with. */
export interface ValidationContext {
  readonly keySets: Pick<KeySets, 'keys'>;
  readonly switches: Switches;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Runs a `jwt-validation` action: the request goes on as it came, or not at all.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 *
 * @throws {AuthFailure} the request ends with an error page
 */
export async function validateToken(
  action: JwtValidationAction,
  request: Pick<AlbRequest, 'headers'>,
  { keySets, switches, now }: ValidationContext,
): Promise<void> {
  const token = readJwt(bearerToken(request, switches));
  if (token === undefined) {
    throw new AuthFailure('JWTRequestFormatInvalid', 'the bearer token is no JSON Web Token of RS256 with a kid');
  }
  const keys = await keySets.keys(action.jwksEndpoint, token.kid, now);
  if (!isSigned(token, keys)) {
    throw new AuthFailure('JWTSignatureValidationError', 'no key of the JWKS endpoint signed the bearer token');
  }
  checkClaims(token.claims, { action, switches, now });
}
