import { readAlbHeaders, type RawHeaders } from '../../alb-headers.ts';
import { type User } from '../../user.ts';

/**
 * When the access token of a user expires who was just verified by these headers; seconds since 1970.
 *
 * Of the access token and not of `x-amzn-oidc-data`, which lives a minute or two and comes new with each request: a
 * WebSocket is one request for all of its life. When the access token has expired, the load balancer asks Cognito for
 * a new one at the next upgrade, and learns there whether the user still may.
 */
export function accessTokenExpiry(user: User, rawHeaders: RawHeaders): number {
  const claims = user.via === 'alb' ? payloadOf(readAlbHeaders(rawHeaders).accessToken) : user.claims;
  const exp = claims['exp'];
  if (typeof exp !== 'number') throw new TypeError('A verified access token has no exp');
  return exp;
}

function payloadOf(token: string): Readonly<Record<string, unknown>> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return JSON.parse(payload) as Record<string, unknown>;
}
