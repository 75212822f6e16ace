import { type ClaimsError } from '../error.ts';

/** What a challenge depends on besides the error. */
export interface Attempt {
  /** Whether the request was judged by its Authorization header. */
  readonly bearerSent: boolean;
  /** Whether any app client's bearer tokens are accepted. */
  readonly bearerAccepted: boolean;
}

/**
 * The `WWW-Authenticate` header of a refusal (RFC 6750, section 3): `invalid_token` for a bearer token that is not
 * believed, a bare challenge where one could have been sent, none where a load balancer does the asking.
 */
export function challenge(error: ClaimsError, attempt: Attempt): string | undefined {
  if (error.status !== 401) return undefined;
  if (attempt.bearerSent) return 'Bearer error="invalid_token"';
  return attempt.bearerAccepted && error.code === 'DATA_MISSING' ? 'Bearer' : undefined;
}
