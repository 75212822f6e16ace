/**
 * What AWS does not document, or documents in two ways. docs/reference/conformance.md has the reason of each default.
 */
export interface Switches {
  /** The host of `redirect_uri`. @default 'as-sent' */
  readonly redirectUriHost: 'as-sent' | 'lower-case';
  /** The status when claims and access token exceed 11K. @default 500 */
  readonly oversizedClaims: 401 | 500;
  /** What a session cookie meets that is malformed, or lacks a shard. @default 'unauthorized' */
  readonly malformedSession: 'unauthorized' | 'login';
  /** What `allow` does with an expired session. @default 'anonymous' */
  readonly allowExpired: 'anonymous' | 'login';
  /** The status when the login page says `access_denied`. @default 401 */
  readonly accessDenied: 401 | 561;
  /**
   * For how long a data token is handed on again instead of a new one; under a minute. With 0 as long as a new one would
   * say the same: its times are whole seconds. @default 0
   */
  readonly dataTokenReuseSeconds: number;
  /** What becomes of a client's `x-amzn-oidc-*` on a rule that does not authenticate. @default 'pass' */
  readonly identityHeadersUnchecked: 'pass' | 'remove';
  /** How the client secret is shown to the token endpoint. @default 'basic' */
  readonly tokenEndpointAuthentication: 'basic' | 'post';
  /** The status when `jwt-validation` finds no valid token. @default 401 */
  readonly invalidToken: 401 | 403;
  /** The status when its keys cannot be had. @default 500 */
  readonly keySetOutOfReach: 500 | 502 | 503;
  /** Whether `bearer` may be written in any case. @default 'exact' */
  readonly bearerScheme: 'exact' | 'any-case';
  /** How many of an additional claim's values a list of them must have. @default 'all' */
  readonly additionalClaimValues: 'all' | 'any';
}

export const defaultSwitches: Switches = {
  redirectUriHost: 'as-sent',
  oversizedClaims: 500,
  malformedSession: 'unauthorized',
  allowExpired: 'anonymous',
  accessDenied: 401,
  dataTokenReuseSeconds: 0,
  identityHeadersUnchecked: 'pass',
  tokenEndpointAuthentication: 'basic',
  invalidToken: 401,
  keySetOutOfReach: 500,
  bearerScheme: 'exact',
  additionalClaimValues: 'all',
};
