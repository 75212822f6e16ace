import { type Agent } from 'node:https';

import { AuthFailure } from './auth-failure.ts';
import { callHttp, type HttpCall, type HttpCallResult } from './http-call.ts';
import { parseJsonObject } from './json.ts';
import { type Claims } from './session.ts';

/** Where a user pool is, and the app client's secret. */
export interface UserPoolEndpoints {
  /** The issuer URL that the pool writes into its tokens. */
  readonly issuer: string;
  /** The browser is sent there. */
  readonly authorizationEndpoint: string;
  /** The ALB calls these two. */
  readonly tokenEndpoint: string;
  readonly userInfoEndpoint: string;
  readonly clientSecret: string;
}

/** The app client with which the ALB talks to a user pool. */
export interface PoolClient {
  readonly endpoints: UserPoolEndpoints;
  readonly clientId: string;
}

/** What a token endpoint answers, checked. */
export interface Tokens {
  readonly accessToken: string;
  /** Absent after a refresh without one. */
  readonly idToken?: string;
  readonly refreshToken?: string;
  readonly expiresInSeconds?: number;
}

/** What is asked of a user pool while a browser waits. All fail with {@link AuthFailure}. */
export interface UserPool {
  exchangeCode(client: PoolClient, code: string, redirectUri: string): Promise<Tokens>;
  refresh(client: PoolClient, refreshToken: string): Promise<Tokens>;
  userInfo(client: PoolClient, accessToken: string): Promise<Claims>;
}

export interface UserPoolOptions {
  /** Whom to trust. */
  readonly tlsAgent: Agent;
  /** @default 10 seconds, as an ALB's connect timeout; its timeout for a user pool is not documented */
  readonly timeoutMilliseconds?: number;
  /** How the client secret is shown. @default 'basic' */
  readonly tokenEndpointAuthentication?: 'basic' | 'post';
}

export function createUserPool(options: UserPoolOptions): UserPool {
  const { tlsAgent, timeoutMilliseconds = 10_000, tokenEndpointAuthentication = 'basic' } = options;
  const call = (parts: Omit<HttpCall, 'tlsAgent' | 'timeoutMilliseconds'>): Promise<HttpCallResult> =>
    callHttp({ ...parts, tlsAgent, timeoutMilliseconds });

  const token = async (client: PoolClient, form: Readonly<Record<string, string>>): Promise<Tokens> => {
    const result = await call({
      url: client.endpoints.tokenEndpoint,
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(tokenEndpointAuthentication === 'basic' ? { Authorization: basicAuthorization(client) } : {}),
      },
      body: new URLSearchParams(
        tokenEndpointAuthentication === 'post' ? { ...form, client_secret: client.endpoints.clientSecret } : form,
      ).toString(),
    });
    return readTokens(result);
  };

  return {
    exchangeCode: (client, code, redirectUri) =>
      token(client, { grant_type: 'authorization_code', client_id: client.clientId, code, redirect_uri: redirectUri }),
    refresh: (client, refreshToken) =>
      token(client, { grant_type: 'refresh_token', client_id: client.clientId, refresh_token: refreshToken }),
    userInfo: async (client, accessToken) =>
      readClaims(
        await call({
          url: client.endpoints.userInfoEndpoint,
          method: 'GET',
          headers: { Authorization: `Bearer ${accessToken}` },
        }),
      ),
  };
}

/** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
function basicAuthorization(client: PoolClient): string {
  const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
  const pair = `${encode(client.clientId)}:${encode(client.endpoints.clientSecret)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}

function readTokens(result: HttpCallResult): Tokens {
  if (result.outcome === 'timeout')
    throw new AuthFailure('AuthTokenEpRequestTimeout', 'the token endpoint is too slow');
  if (result.outcome === 'unreachable') {
    throw new AuthFailure('AuthTokenEpRequestFailed', 'the token endpoint cannot be reached');
  }
  const body = parseJsonObject(result.body);
  if (result.status !== 200) {
    if (body?.['error'] === 'invalid_grant') {
      throw new AuthFailure('AuthInvalidGrantError', 'the token endpoint refused the code or the refresh token');
    }
    throw new AuthFailure('AuthInvalidTokenResponse', `the token endpoint answered ${result.status}`);
  }
  const accessToken = body?.['access_token'];
  if (!isHeaderText(accessToken)) {
    throw new AuthFailure('AuthInvalidTokenResponse', 'the token endpoint gave no usable access token');
  }
  const { id_token: idToken, refresh_token: refreshToken, expires_in: expiresIn } = body ?? {};
  return {
    accessToken,
    ...(typeof idToken === 'string' ? { idToken } : {}),
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
    ...(typeof expiresIn === 'number' && expiresIn > 0 ? { expiresInSeconds: expiresIn } : {}),
  };
}

function readClaims(result: HttpCallResult): Claims {
  if (result.outcome === 'timeout') {
    throw new AuthFailure('AuthUserinfoEpRequestTimeout', 'the userinfo endpoint is too slow');
  }
  if (result.outcome === 'unreachable') {
    throw new AuthFailure('AuthUserinfoEpRequestFailed', 'the userinfo endpoint cannot be reached, or says too much');
  }
  if (result.status !== 200) {
    throw new AuthFailure('AuthInvalidUserinfoResponse', `the userinfo endpoint answered ${result.status}`);
  }
  const claims = parseJsonObject(result.body);
  // `sub` becomes a header of its own.
  if (claims === undefined || !isHeaderText(claims['sub'])) {
    throw new AuthFailure('AuthInvalidUserinfoResponse', 'the userinfo endpoint gave no claims, or no usable sub');
  }
  return claims as Claims;
}

function isHeaderText(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}
