import { AuthFailure } from './auth-failure.ts';
import { parseJsonObject } from './json.ts';

/** What an ID token must say. */
export interface IdTokenExpectation {
  readonly issuer: string;
  readonly clientId: string;
  /** Of the userinfo response, which must be about the same user: OpenID Connect Core section 5.3.2. */
  readonly subject: string;
  /** Milliseconds since the epoch. @default its expiry is not asked about */
  readonly now?: number;
}

/**
 * Checks the ID token of a login. It comes straight from the token endpoint, whose TLS certificate stands in for the
 * signature: OpenID Connect Core section 3.1.3.7, rule 6.
 *
 * @throws {AuthFailure} `AuthInvalidIdToken`, also when the scope yielded no ID token
 */
export function checkIdToken(idToken: string | undefined, expected: IdTokenExpectation): void {
  const claims = idToken === undefined ? undefined : payload(idToken);
  if (claims === undefined) throw invalid('there is none; the scope must hold "openid"');
  if (claims['iss'] !== expected.issuer) throw invalid('its issuer is not that of the action');
  const audience = claims['aud'];
  if (!(Array.isArray(audience) ? audience : [audience]).includes(expected.clientId)) {
    throw invalid('it is for another client');
  }
  // Rules 4 and 5: whom it was issued to, where that is said.
  const party = claims['azp'];
  if (party !== undefined && party !== expected.clientId) throw invalid('it was issued to another client');
  if (expected.now !== undefined) {
    const expiry = claims['exp'];
    if (typeof expiry !== 'number') throw invalid('it says no expiry');
    if (expiry * 1000 <= expected.now) throw invalid('it has expired');
  }
  if (claims['sub'] !== expected.subject) throw invalid('it is about another user than the userinfo response');
}

function payload(token: string): Readonly<Record<string, unknown>> | undefined {
  const parts = token.split('.');
  return parts.length === 3 ? parseJsonObject(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8')) : undefined;
}

function invalid(why: string): AuthFailure {
  return new AuthFailure('AuthInvalidIdToken', `the ID token is not acceptable: ${why}`);
}
