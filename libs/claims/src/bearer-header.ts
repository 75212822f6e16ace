import { type RawHeaders, single } from './alb-headers.ts';
import { ClaimsError } from './error.ts';

/** `Bearer` and one space or more, then `b64token` (RFC 6750, section 2.1; RFC 9110, section 11.4). */
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * The bearer token of a request; undefined when there is no Authorization header at all. Any other scheme is refused
 * rather than passed over: a credential that is present must be good.
 *
 * @throws {ClaimsError} `HEADER_DUPLICATE`, `BEARER_MALFORMED`
 */
export function readBearerToken(rawHeaders: RawHeaders): string | undefined {
  const value = single(rawHeaders, 'authorization');
  if (value === undefined) return undefined;
  const token = BEARER.exec(value)?.[1];
  if (token === undefined) throw new ClaimsError('BEARER_MALFORMED');
  return token;
}
