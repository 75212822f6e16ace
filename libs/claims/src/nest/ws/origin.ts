import { type RawHeaders } from '../../alb-headers.ts';
import { ClaimsError } from '../../error.ts';

/**
 * Refuses an upgrade that a page of another site may have asked for (cross-site WebSocket hijacking).
 *
 * A browser sends `Origin` with every upgrade (RFC 6455, section 4.1). Its absence is a program's, which has no visitor
 * to abuse; that is good enough for a bearer token, which no page can make a browser send, and not for cookies.
 *
 * @param required whether the request must have an origin: always, save for a bearer token
 * @throws {ClaimsError} `ORIGIN_REFUSED`
 */
export function checkOrigin(rawHeaders: RawHeaders, allowedOrigins: readonly string[], required: boolean): void {
  const origins = rawHeaders.filter((_, index) => index % 2 === 1 && isOriginName(rawHeaders[index - 1]));
  if (origins.length === 0 && !required) return;
  if (origins.length !== 1 || !allowedOrigins.includes(origins[0] ?? '')) throw new ClaimsError('ORIGIN_REFUSED');
}

/** With the name that version 8 of the protocol had for it, which `ws` still speaks. */
function isOriginName(name: string | undefined): boolean {
  return /^(?:origin|sec-websocket-origin)$/i.test(name ?? '');
}
