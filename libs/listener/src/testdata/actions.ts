import {
  type AuthenticateCognitoAction,
  type AuthenticateOidcAction,
  type FixedResponseAction,
  type ForwardAction,
  type JwtValidationAction,
  type OnUnauthenticatedRequest,
  type RedirectAction,
} from '../model.ts';

export const forward: ForwardAction = { type: 'forward', targetGroups: [{ arn: 'arn:app', weight: 1 }] };

const session = {
  sessionCookieName: 'AWSELBAuthSessionCookie',
  scope: 'openid',
  sessionTimeoutSeconds: 604_800,
  onUnauthenticatedRequest: 'authenticate',
  authenticationRequestExtraParams: {},
} as const;

export function cognito(onUnauthenticatedRequest: OnUnauthenticatedRequest): AuthenticateCognitoAction {
  return {
    ...session,
    type: 'authenticate-cognito',
    userPoolArn: 'arn:pool',
    userPoolClientId: 'client',
    userPoolDomain: 'shop',
    onUnauthenticatedRequest,
  };
}

export const oidc: AuthenticateOidcAction = {
  ...session,
  type: 'authenticate-oidc',
  issuer: 'https://id.example.com',
  authorizationEndpoint: 'https://id.example.com/authorize',
  tokenEndpoint: 'https://id.example.com/token',
  userInfoEndpoint: 'https://id.example.com/userinfo',
  clientId: 'client',
};

export const jwt: JwtValidationAction = {
  type: 'jwt-validation',
  issuer: 'https://id.example.com',
  jwksEndpoint: 'https://id.example.com/jwks.json',
  additionalClaims: [],
};

export const toHttps: RedirectAction = {
  type: 'redirect',
  statusCode: 301,
  protocol: 'HTTPS',
  host: '#{host}',
  port: '443',
  path: '/#{path}',
  query: '#{query}',
};

export const notFound: FixedResponseAction = {
  type: 'fixed-response',
  statusCode: 404,
  contentType: 'text/plain',
  messageBody: '',
};
