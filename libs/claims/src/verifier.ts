import { type AccessTokenUse, checkAccessToken, verifyAccessToken } from './access-token.ts';
import { type AlbHeaders, type RawHeaders, readAlbHeaders } from './alb-headers.ts';
import { AlbKeys } from './alb-keys.ts';
import { type CustomClaims, type CustomSchema } from './custom-claims.ts';
import { checkDataToken, verifyDataToken } from './data-token.ts';
import { ClaimsError } from './error.ts';
import { createHttpsFetch, type Fetch } from './fetch.ts';
import { PoolKeys } from './pool-keys.ts';
import { checkSettings, type ClaimsSettings } from './settings.ts';
import { albUser, bearerUser, type User } from './user.ts';
import { VerifiedTokens } from './verified-tokens.ts';

/**
 * Turns what came with a request into a user, or refuses. Safe to share by all requests; it keeps keys, and users until
 * their tokens expire (`cacheEntries`).
 */
export interface ClaimsVerifier<Custom = CustomClaims> {
  /**
   * Verifies the three headers that a load balancer adds and binds them: `sub` of x-amzn-oidc-data =
   * x-amzn-oidc-identity = `sub` of the access token.
   *
   * @param rawHeaders `request.rawHeaders` of Node, in which duplicates can be seen
   * @throws {ClaimsError} (the promise rejects) with nothing fetched unless the request is plausible
   */
  verifyAlb(rawHeaders: RawHeaders): Promise<User<Custom>>;
  /**
   * Verifies a bearer access token of one of `bearerClientIds`.
   *
   * @throws {ClaimsError} (the promise rejects) `BEARER_REFUSED`, `BEARER_INVALID`, `BEARER_EXPIRED`, `SESSION_ENDED`,
   *   `KEY_UNAVAILABLE`
   */
  verifyBearer(token: string): Promise<User<Custom>>;
  /**
   * The public key that a bearer token says it is signed with, as PEM: what passport-jwt asks for.
   *
   * @throws {ClaimsError} (the promise rejects) as `verifyBearer`, save for a wrong signature
   */
  bearerKey(token: string): Promise<string>;
}

/** What the application knows better, and the world outside, for tests and for unusual networks. */
export interface ClaimsEdges<Custom = CustomClaims> {
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
   * It is asked at each request, also when the tokens are known. What it throws is not caught.
   * @default never
   */
  readonly isEnded?: (user: User<Custom>) => boolean | Promise<boolean>;
  /**
   * What types `user.custom`, the pool's own attributes. A user whom it refuses is refused (`CUSTOM_CLAIMS_INVALID`).
   * Access tokens have no such claims unless a trigger of the pool adds them: let all be optional where bearer tokens are
   * accepted.
   * @default all claims `custom:*`, as they came
   */
  readonly custom?: CustomSchema<Custom>;
}

/**
 * @throws {ClaimsError} `CONFIGURATION_INVALID`
 */
export function createClaimsVerifier<Custom = CustomClaims>(
  settings: ClaimsSettings,
  edges: ClaimsEdges<Custom> = {},
): ClaimsVerifier<Custom> {
  const checked = checkSettings(settings);
  const { fetch = createHttpsFetch(), now = Date.now, uptime = () => performance.now(), isEnded, custom } = edges;
  const albKeys = new AlbKeys(checked.albPublicKeysUrl, fetch, uptime);
  const poolKeys = new PoolKeys(checked.jwksUrl, fetch, uptime);
  const { cacheEntries } = checked;
  const albUsers = cacheEntries === null ? undefined : new VerifiedTokens<User<Custom>>(cacheEntries, now);
  const bearerUsers = cacheEntries === null ? undefined : new VerifiedTokens<User<Custom>>(cacheEntries, now);
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

  /** Milliseconds since 1970 from which on a token of that `exp` is refused; `isExpired` draws the same line. */
  const refusedFrom = (exp: number): number => (exp + checked.clockToleranceSeconds) * 1000;

  const verifyHeaders = async (headers: AlbHeaders): Promise<User<Custom>> => {
    const data = checkDataToken(headers.data, checked, now());
    const access = checkAccessToken(headers.accessToken, besideData, checked, now());
    if (data.subject !== headers.identity || data.subject !== access.subject) {
      throw new ClaimsError('SUBJECT_MISMATCH');
    }
    // In this order, so that a forged data token never makes the pool's keys be fetched.
    const dataClaims = verifyDataToken(data, await albKeys.get(data.kid), checked);
    const accessClaims = verifyAccessToken(access, await poolKeys.get(access.kid), besideData, checked);
    const user = albUser(dataClaims, accessClaims, custom);
    albUsers?.add(headers.data, headers.accessToken, user, refusedFrom(Math.min(data.exp, access.exp)));
    return user;
  };

  const verifyToken = async (token: string): Promise<User<Custom>> => {
    const access = checkBearer(token);
    const user = bearerUser(verifyAccessToken(access, await poolKeys.get(access.kid), bearer, checked), custom);
    bearerUsers?.add(token, '', user, refusedFrom(access.exp));
    return user;
  };

  const refuseIfEnded = async (user: User<Custom>): Promise<void> => {
    if (await isEnded?.(user)) throw new ClaimsError('SESSION_ENDED');
  };

  return {
    async verifyAlb(rawHeaders) {
      const headers = readAlbHeaders(rawHeaders);
      const known = albUsers?.get(headers.data, headers.accessToken);
      const user = known?.subject === headers.identity ? known : await verifyHeaders(headers);
      if (isEnded) await refuseIfEnded(user);
      return user;
    },

    async verifyBearer(token) {
      const user = bearerUsers?.get(token, '') ?? (await verifyToken(token));
      if (isEnded) await refuseIfEnded(user);
      return user;
    },

    async bearerKey(token) {
      const key = await poolKeys.get(checkBearer(token).kid);
      if (!key) throw new ClaimsError(bearer.invalid, 'the pool has no key of its key id');
      return key.key.export({ format: 'pem', type: 'spki' }).toString();
    },
  };
}
