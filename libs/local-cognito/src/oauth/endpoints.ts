import { type UserPoolSettings } from '../settings/user-pool-settings.ts';

/** Where the pool answers. Servers reach it at `localhost`; the browser at the public URL. */
export interface Endpoints {
  /** In the browser: `<publicUrl>/oauth2/authorize`. */
  readonly authorization: string;
  /** In the browser: `<publicUrl>/logout`. */
  readonly logout: string;
  /** Between servers: `https://localhost:<port>/oauth2/token`. */
  readonly token: string;
  readonly userInfo: string;
  readonly revocation: string;
}

export const paths = {
  authorize: '/oauth2/authorize',
  login: '/login',
  logout: '/logout',
  error: '/error',
  signUp: '/signup',
  confirm: '/confirm',
  resendCode: '/resendcode',
  forgotPassword: '/forgotPassword',
  confirmForgotPassword: '/confirmForgotPassword',
  changePassword: '/changePassword',
  mfa: '/mfa',
  mfaSetup: '/mfaSetup',
  inbox: '/inbox',
  token: '/oauth2/token',
  userInfo: '/oauth2/userInfo',
  revoke: '/oauth2/revoke',
} as const;

export function jwksPath(poolId: string): string {
  return `/${poolId}/.well-known/jwks.json`;
}

export function discoveryPath(poolId: string): string {
  return `/${poolId}/.well-known/openid-configuration`;
}

/** The issuer as AWS has it, though the pool runs here: tokens say the same in both places. */
export function issuerOf({ id, region }: Pick<UserPoolSettings, 'id' | 'region'>): string {
  return `https://cognito-idp.${region}.amazonaws.com/${id}`;
}

export function endpointsAt(publicUrl: string, serverUrl: string): Endpoints {
  return {
    authorization: `${publicUrl}${paths.authorize}`,
    logout: `${publicUrl}${paths.logout}`,
    token: `${serverUrl}${paths.token}`,
    userInfo: `${serverUrl}${paths.userInfo}`,
    revocation: `${serverUrl}${paths.revoke}`,
  };
}

/** The discovery document, with the members that Cognito's has (OpenID Connect Discovery 1.0, section 3). */
export function discoveryDocument(
  settings: UserPoolSettings,
  endpoints: Endpoints,
  jwksUrl: string,
): Readonly<Record<string, unknown>> {
  return {
    authorization_endpoint: endpoints.authorization,
    end_session_endpoint: endpoints.logout,
    id_token_signing_alg_values_supported: ['RS256'],
    issuer: issuerOf(settings),
    jwks_uri: jwksUrl,
    response_types_supported: ['code'],
    revocation_endpoint: endpoints.revocation,
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint: endpoints.token,
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    userinfo_endpoint: endpoints.userInfo,
  };
}
