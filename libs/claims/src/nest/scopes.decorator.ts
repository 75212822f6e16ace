import { SetMetadata } from '@nestjs/common';

export const SCOPES = 'gatehouse:scopes';

/** `scope-token` of RFC 6749, section 3.3: what a scope is made of, and what a challenge may quote. */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * Asks that the access token have *all* of these scopes, of a user of the load balancer and of an API client alike: a
 * scope allows one thing, and a route that does two things needs both. Those of a controller and of its method add up.
 *
 * @throws {TypeError} for what cannot be a scope, such as two in one text, which no token could ever have
 */
export function Scopes(...names: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  const wrong = names.find((name) => !SCOPE.test(name));
  if (wrong !== undefined) throw new TypeError(`@Scopes: ${JSON.stringify(wrong)} is not a scope (RFC 6749, 3.3)`);
  return SetMetadata(SCOPES, names);
}
