import { type Agent } from 'node:https';

import { AuthFailure } from './auth-failure.ts';
import { callHttp, type HttpCall, type HttpCallResult } from './http-call.ts';
import { type IdentityProvider } from './identity-provider.ts';
import { parseJsonObject } from './json.ts';
import { type Claims } from './session.ts';

/** What a token endpoint answers, checked. */
export interface Tokens {
  readonly accessToken: string;
  /** Absent after a refresh without one. */
  readonly idToken?: string;
  readonly refreshToken?: string;
  readonly expiresInSeconds?: number;
}

/** What is asked of an identity provider while a browser waits. All fail with {@link AuthFailure}. */
export interface ProviderCalls {
  exchangeCode(provider: IdentityProvider, code: string, redirectUri: string): Promise<Tokens>;
  refresh(provider: IdentityProvider, refreshToken: string): Promise<Tokens>;
  userInfo(provider: IdentityProvider, accessToken: string): Promise<Claims>;
}

/** As an ALB's connect timeout; how long it waits for an identity provider is not documented. */
export const endpointTimeoutMilliseconds = 10_000;

export interface ProviderCallsOptions {
  /** Whom to trust. */
  readonly tlsAgent: Agent;
  /** @default {@link endpointTimeoutMilliseconds} */
  readonly timeoutMilliseconds?: number;
  /** How the client secret is shown. @default 'basic' */
  readonly tokenEndpointAuthentication?: 'basic' | 'post';
}

export function createProviderCalls(options: ProviderCallsOptions): ProviderCalls {
  const {
    tlsAgent,
    timeoutMilliseconds = endpointTimeoutMilliseconds,
    tokenEndpointAuthentication = 'basic',
  } = options;
  // "Application Load Balancer authentication supports IPv4 only when connecting to an Identity Provider (IdP) or Amazon
  // Cognito endpoint": SetIpAddressType.
  const call = (parts: Omit<HttpCall, 'tlsAgent' | 'timeoutMilliseconds' | 'over'>): Promise<HttpCallResult> =>
    callHttp({ ...parts, tlsAgent, timeoutMilliseconds, over: 'ipv4' });

  const token = async (provider: IdentityProvider, form: Readonly<Record<string, string>>): Promise<Tokens> => {
    const result = await call({
      url: provider.tokenEndpoint,
      method: 'POST',
      headers: {
        'Content-Type': 'application/x-www-form-urlencoded',
        ...(tokenEndpointAuthentication === 'basic' ? { Authorization: basicAuthorization(provider) } : {}),
      },
      body: new URLSearchParams(
        tokenEndpointAuthentication === 'post' ? { ...form, client_secret: provider.clientSecret } : form,
      ).toString(),
    });
    return readTokens(result);
  };

  return {
    exchangeCode: (provider, code, redirectUri) =>
      token(provider, {
        grant_type: 'authorization_code',
        client_id: provider.clientId,
        code,
        redirect_uri: redirectUri,
      }),
    refresh: (provider, refreshToken) =>
      token(provider, { grant_type: 'refresh_token', client_id: provider.clientId, refresh_token: refreshToken }),
    userInfo: async (provider, accessToken) =>
      readClaims(
        await call({
          url: provider.userInfoEndpoint,
          method: 'GET',
          headers: { Authorization: `Bearer ${accessToken}` },
        }),
      ),
  };
}

/** RFC 6749 section 2.3.1: both halves are form-encoded before they are joined. */
function basicAuthorization(provider: IdentityProvider): string {
  const encode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
  const pair = `${encode(provider.clientId)}:${encode(provider.clientSecret)}`;
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
