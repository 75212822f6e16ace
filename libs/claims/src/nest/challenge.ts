import { type ClaimsError } from '../error.ts';

/** What a challenge depends on besides the error. */
export interface Attempt {
  /** Whether the request was judged by its Authorization header. */
  readonly bearerSent: boolean;
  /** Whether any app client's bearer tokens are accepted. */
  readonly bearerAccepted: boolean;
  /** The scopes that the route asks for. */
  readonly scopes: readonly string[];
}

/**
 * The `WWW-Authenticate` header of a refusal (RFC 6750, section 3): `invalid_token` for a bearer token that is not
 * believed, `insufficient_scope` for one that is and may not do this ("the request requires higher privileges than
 * provided by the access token"), a bare challenge where one could have been sent, none where a load balancer does the
 * asking.
 */
export function challenge(error: ClaimsError, { bearerSent, bearerAccepted, scopes }: Attempt): string | undefined {
  if (error.status === 403) return bearerSent ? insufficientScope(error, scopes) : undefined;
  if (error.status !== 401) return undefined;
  if (bearerSent) return 'Bearer error="invalid_token"';
  return bearerAccepted && error.code === 'DATA_MISSING' ? 'Bearer' : undefined;
}

function insufficientScope({ code }: ClaimsError, scopes: readonly string[]): string | undefined {
  if (code === 'SCOPE_REQUIRED') return `Bearer error="insufficient_scope", scope="${scopes.join(' ')}"`;
  return code === 'GROUP_REQUIRED' ? 'Bearer error="insufficient_scope"' : undefined;
}
