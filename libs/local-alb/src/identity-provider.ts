import {
  type AuthenticateAction,
  type AuthenticateCognitoAction,
  type AuthenticateOidcAction,
} from '@gatehouse/listener';

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

/** Whom an authenticate action sends browsers to, and the client that the ALB is there. */
export interface IdentityProvider extends UserPoolEndpoints {
  readonly kind: 'cognito' | 'oidc';
  readonly clientId: string;
}

/** Who knows what an action does not say itself. */
export interface ProviderSources {
  readonly resolveUserPool: (action: AuthenticateCognitoAction) => UserPoolEndpoints;
  readonly resolveClientSecret?: ((action: AuthenticateOidcAction) => string | undefined) | undefined;
}

/**
 * The identity provider of an action, of either kind.
 *
 * @throws {Error} when nobody knows the client secret: without it no code is exchanged, and none may be lost
 */
export function identityProvider(action: AuthenticateAction, sources: ProviderSources): IdentityProvider {
  if (action.type === 'authenticate-cognito') {
    const { issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientSecret } =
      sources.resolveUserPool(action);
    const clientId = action.userPoolClientId;
    return { kind: 'cognito', clientId, issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientSecret };
  }
  const clientSecret = sources.resolveClientSecret?.(action);
  if (clientSecret === undefined || clientSecret === '') throw new Error('the client secret of the login is not known');
  const { clientId, issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint } = action;
  return { kind: 'oidc', clientId, issuer, authorizationEndpoint, tokenEndpoint, userInfoEndpoint, clientSecret };
}

/** Whether a rule sends browsers to log in with it. */
export function isAuthenticate(action: { readonly type: string }): action is AuthenticateAction {
  return action.type === 'authenticate-cognito' || action.type === 'authenticate-oidc';
}
