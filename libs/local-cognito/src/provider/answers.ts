import type { KoaContextWithOIDC } from 'oidc-provider';
import { cognitoUsername, userInfoClaims } from '../oauth/claims.ts';
import { paths } from '../oauth/endpoints.ts';
import { type TokenSource } from './tokens.ts';

/** Developer guide, "userInfo endpoint": the one description for every access token that is not good. */
export const invalidTokenDescription =
  'Access token is expired, disabled, or deleted, or the user has globally signed out.';

interface ProviderError {
  readonly error: string;
}

/**
 * Gives the provider's answers Cognito's form: fewer members, its status codes, no descriptions (Developer guide,
 * "Token endpoint", "userInfo endpoint", "Revoke endpoint").
 */
export function shapeAnswers(
  source: TokenSource,
): (ctx: KoaContextWithOIDC, next: () => Promise<void>) => Promise<void> {
  return async (ctx, next) => {
    await next();
    const failed = providerError(ctx.body);
    switch (ctx.path) {
      case paths.token:
        return failed ? shapeTokenError(ctx, failed) : shapeTokens(ctx);
      case paths.revoke:
        return failed ? shapeRevocationError(ctx, failed) : undefined;
      case paths.userInfo:
        return failed ? shapeUserInfoError(ctx, failed) : shapeUserInfo(ctx, source);
      default:
        return undefined;
    }
  };
}

function shapeTokens(ctx: KoaContextWithOIDC): void {
  if (ctx.status !== 200) return;
  const body = ctx.body as Readonly<Record<string, unknown>>;
  // A refresh answers without a refresh token, unless it rotates (reference of the token endpoint).
  const refreshed = ctx.oidc.params?.['grant_type'] === 'refresh_token';
  ctx.body = {
    ...(body['id_token'] !== undefined && { id_token: body['id_token'] }),
    access_token: body['access_token'],
    ...(!refreshed && body['refresh_token'] !== undefined && { refresh_token: body['refresh_token'] }),
    expires_in: body['expires_in'],
    token_type: body['token_type'],
  };
}

function shapeTokenError(ctx: KoaContextWithOIDC, { error }: ProviderError): void {
  if (error === 'server_error') return;
  ctx.status = 400;
  ctx.remove('WWW-Authenticate');
  ctx.body = { error: grantTypeIsOff(ctx) ? 'unauthorized_client' : error };
}

/** The provider calls it an invalid request when the client may not use the grant; RFC 6749 and Cognito name it. */
function grantTypeIsOff(ctx: KoaContextWithOIDC): boolean {
  const grantType = ctx.oidc.params?.['grant_type'];
  return (
    (grantType === 'authorization_code' || grantType === 'refresh_token' || grantType === 'client_credentials') &&
    ctx.oidc.entities.Client?.grantTypeAllowed(grantType) === false
  );
}

function shapeRevocationError(ctx: KoaContextWithOIDC, { error }: ProviderError): void {
  if (error === 'server_error') return;
  ctx.status = error === 'invalid_client' ? 401 : 400;
  ctx.remove('WWW-Authenticate');
  ctx.body = { error };
}

function shapeUserInfo(ctx: KoaContextWithOIDC, { settings, users }: TokenSource): void {
  const { AccessToken: token, Account: account } = ctx.oidc.entities;
  const user = account && users.find(account.accountId);
  if (ctx.status !== 200 || !token || !user) return;
  ctx.body = userInfoClaims(user, cognitoUsername(user, settings().signIn), token.scopes);
}

function shapeUserInfoError(ctx: KoaContextWithOIDC, { error }: ProviderError): void {
  if (error === 'server_error') return;
  const tokenSent = ctx.get('Authorization') !== '' || ctx.oidc.params?.['access_token'] !== undefined;
  if (tokenSent && (error === 'invalid_token' || error === 'insufficient_scope')) {
    ctx.status = 401;
    ctx.set('WWW-Authenticate', `error="invalid_token", error_description="${invalidTokenDescription}"`);
    ctx.body = { error: 'invalid_token', error_description: invalidTokenDescription };
  } else {
    ctx.status = 400;
    ctx.remove('WWW-Authenticate');
    ctx.body = { error: 'invalid_request' };
  }
}

function providerError(body: unknown): ProviderError | undefined {
  return typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string'
    ? (body as ProviderError)
    : undefined;
}
