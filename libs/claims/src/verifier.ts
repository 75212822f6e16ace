import { type AccessClaims, type AccessTokenUse, checkAccessToken, verifyAccessToken } from './access-token.ts';
import { type RawHeaders, readAlbHeaders } from './alb-headers.ts';
import { AlbKeys } from './alb-keys.ts';
import { checkDataToken, verifyDataToken } from './data-token.ts';
import { ClaimsError } from './error.ts';
import { createHttpsFetch, type Fetch } from './fetch.ts';
import { PoolKeys } from './pool-keys.ts';
import { checkSettings, type ClaimsSettings } from './settings.ts';
import { albUser, bearerUser, type User } from './user.ts';

/** Turns what came with a request into a user, or refuses. Safe to share by all requests; it only keeps keys. */
export interface ClaimsVerifier {
  /**
   * Verifies the three headers that a load balancer adds and binds them: `sub` of x-amzn-oidc-data =
   * x-amzn-oidc-identity = `sub` of the access token.
   *
   * @param rawHeaders `request.rawHeaders` of Node, in which duplicates can be seen
   * @throws {ClaimsError} (the promise rejects) with nothing fetched unless the request is plausible
   */
  verifyAlb(rawHeaders: RawHeaders): Promise<User>;
  /**
   * Verifies a bearer access token of one of `bearerClientIds`.
   *
   * @throws {ClaimsError} (the promise rejects) `BEARER_REFUSED`, `BEARER_INVALID`, `BEARER_EXPIRED`, `SESSION_ENDED`,
   *   `KEY_UNAVAILABLE`
   */
  verifyBearer(token: string): Promise<User>;
  /**
   * The public key that a bearer token says it is signed with, as PEM: what passport-jwt asks for.
   *
   * @throws {ClaimsError} (the promise rejects) as `verifyBearer`, save for a wrong signature
   */
  bearerKey(token: string): Promise<string>;
}

/** The world outside, for tests and for unusual networks. */
export interface ClaimsEdges {
  /**
   * How keys are fetched.
   * @default createHttpsFetch()
   */
  readonly fetch?: Fetch;
  /**
   * Milliseconds since 1970, which expiry is judged by.
   * @default Date.now
   */
  readonly now?: () => number;
  /**
   * Milliseconds that only grow, which cached keys age by.
   * @default performance.now
   */
  readonly uptime?: () => number;
  /**
   * Whether a user, verified a moment ago, is to be refused all the same because their session has ended. A load
   * balancer keeps no sessions: a copy of its cookie goes on after a sign-out, and only the application knows better.
   * What it throws is not caught.
   * @default never
   */
  readonly isEnded?: (user: User) => boolean | Promise<boolean>;
}

/**
 * @throws {ClaimsError} `CONFIGURATION_INVALID`
 */
export function createClaimsVerifier(settings: ClaimsSettings, edges: ClaimsEdges = {}): ClaimsVerifier {
  const checked = checkSettings(settings);
  const { fetch = createHttpsFetch(), now = Date.now, uptime = () => performance.now(), isEnded = () => false } = edges;
  const albKeys = new AlbKeys(checked.albPublicKeysUrl, fetch, uptime);
  const poolKeys = new PoolKeys(checked.jwksUrl, fetch, uptime);
  const besideData: AccessTokenUse = {
    clientIds: [checked.clientId],
    invalid: 'ACCESS_TOKEN_INVALID',
    expired: 'ACCESS_TOKEN_EXPIRED',
  };
  const bearer: AccessTokenUse = {
    clientIds: checked.bearerClientIds,
    invalid: 'BEARER_INVALID',
    expired: 'BEARER_EXPIRED',
  };

  const checkBearer = (token: string): ReturnType<typeof checkAccessToken> => {
    if (bearer.clientIds.length === 0) throw new ClaimsError('BEARER_REFUSED');
    return checkAccessToken(token, bearer, checked, now());
  };

  const unlessEnded = async (user: User): Promise<User> => {
    if (await isEnded(user)) throw new ClaimsError('SESSION_ENDED');
    return user;
  };

  return {
    async verifyAlb(rawHeaders) {
      const headers = readAlbHeaders(rawHeaders);
      const data = checkDataToken(headers.data, checked, now());
      const access = checkAccessToken(headers.accessToken, besideData, checked, now());
      if (data.subject !== headers.identity || data.subject !== access.subject) {
        throw new ClaimsError('SUBJECT_MISMATCH');
      }
      // In this order, so that a forged data token never makes the pool's keys be fetched.
      const dataClaims = verifyDataToken(data, await albKeys.get(data.kid), checked);
      const accessKey = await poolKeys.get(access.kid);
      const accessClaims: AccessClaims = verifyAccessToken(access, accessKey, besideData, checked);
      return unlessEnded(albUser(dataClaims, accessClaims));
    },

    async verifyBearer(token) {
      const access = checkBearer(token);
      return unlessEnded(bearerUser(verifyAccessToken(access, await poolKeys.get(access.kid), bearer, checked)));
    },

    async bearerKey(token) {
      const key = await poolKeys.get(checkBearer(token).kid);
      if (!key) throw new ClaimsError(bearer.invalid, 'the pool has no key of its key id');
      return key.key.export({ format: 'pem', type: 'spki' }).toString();
    },
  };
}
