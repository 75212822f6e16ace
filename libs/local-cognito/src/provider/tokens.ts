import { createHash, randomUUID } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Clock, epochSeconds } from '../clock.ts';
import { LocalUserPoolError } from '../errors.ts';
import { accessTokenClaims, cognitoUsername, idTokenClaims, type TokenFacts } from '../oauth/claims.ts';
import { type AppClientSettings, type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { type SigningKey } from '../state/signing-key.ts';
import { type UserDirectory } from '../users/directory.ts';

/** What the tokens are made from. `settings` is asked each time: a change holds from the next token on. */
export interface TokenSource {
  readonly settings: () => UserPoolSettings;
  readonly users: UserDirectory;
  readonly key: SigningKey;
  readonly clock: Clock;
}

/** The members of oidc-provider's models that are replaced. They are not part of its documented interface. */
interface AccessTokenModel {
  readonly prototype: {
    generateTokenId: () => string;
    getValueAndPayload: (this: AccessTokenEntity) => Promise<{ value: string; payload: object }>;
  };
  find: (value: string, options?: object) => Promise<unknown>;
}
interface IdTokenModel {
  readonly prototype: { issue: (this: { readonly ctx: KoaContextWithOIDC }) => Promise<string> };
}
interface AccessTokenEntity {
  readonly jti: string;
  readonly grantId: string;
  readonly scopes: Set<string>;
}

/**
 * Makes the provider issue Cognito's tokens.
 *
 * Its own JWT access tokens must have an `aud`, Cognito's have none; its opaque ones are stored with everything that
 * userInfo and revocation need. So an access token is kept as an opaque one, and what the client gets is a JWT that
 * carries the opaque one's id. ID tokens are signed from the same facts.
 *
 * @throws LocalUserPoolError `PROVIDER_INCOMPATIBLE` when the installed version has not what is replaced here
 */
export function issueCognitoTokens(provider: Provider, source: TokenSource): void {
  const accessTokens = provider.AccessToken as unknown as AccessTokenModel;
  const idTokens = provider.IdToken as unknown as IdTokenModel;
  const replaced = [
    accessTokens.prototype.generateTokenId,
    accessTokens.prototype.getValueAndPayload,
    accessTokens.find,
    idTokens.prototype.issue,
  ];
  const opaque = Object.getPrototypeOf(accessTokens.prototype) as AccessTokenModel['prototype'];
  if ([...replaced, opaque.getValueAndPayload].some((method) => typeof method !== 'function')) {
    throw new LocalUserPoolError(
      'PROVIDER_INCOMPATIBLE',
      'The installed oidc-provider is not the version this library is made for: the methods that write tokens are not ' +
        'where they were, so tokens would not be like Cognito’s. Install the version in package.json.',
    );
  }

  const find = accessTokens.find.bind(accessTokens);
  const issued = new WeakMap<object, string>();

  accessTokens.prototype.generateTokenId = () => randomUUID();

  accessTokens.prototype.getValueAndPayload = async function () {
    const { payload } = await opaque.getValueAndPayload.call(this);
    const ctx = currentContext(provider);
    const value = source.key.sign(accessTokenClaims(tokenFacts(ctx, this, source, 'accessTokenSeconds')));
    issued.set(this, value);
    return { value, payload };
  };

  // A model's own `find` makes instances of `this`, hence the bound one.
  accessTokens.find = async (value, options) => {
    const jti = source.key.open(value)?.['jti'];
    return typeof jti === 'string' ? find(jti, options) : undefined;
  };

  idTokens.prototype.issue = function () {
    const { entities } = this.ctx.oidc;
    const accessToken = entities.AccessToken;
    const value = accessToken && issued.get(accessToken);
    if (!accessToken || value === undefined) throw new Error('an ID token is issued beside an access token');
    const claims = idTokenClaims(
      { ...tokenFacts(this.ctx, accessToken, source, 'idTokenSeconds'), jti: randomUUID() },
      { nonce: grantSource(this.ctx).nonce, accessTokenHash: leftHalfHash(value) },
    );
    return Promise.resolve(source.key.sign(claims));
  };
}

/** OpenID Connect Core 1.0, section 3.1.3.6: the left half of the hash that the signature algorithm uses. */
export function leftHalfHash(token: string): string {
  return createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
}

function tokenFacts(
  ctx: KoaContextWithOIDC,
  token: AccessTokenEntity,
  { settings, users, clock }: TokenSource,
  lifetime: keyof Pick<AppClientSettings, 'accessTokenSeconds' | 'idTokenSeconds'>,
): TokenFacts {
  const pool = settings();
  const clientId = ctx.oidc.client?.clientId;
  const client = pool.clients.find(({ id }) => id === clientId);
  const user = ctx.oidc.account && users.find(ctx.oidc.account.accountId);
  if (!client || !user) throw new Error('a token is issued to a client of the pool, for a user of the pool');
  return {
    user,
    username: cognitoUsername(user, pool.signIn),
    groups: user.groups.filter((group) => pool.groups.includes(group)),
    issuer: ctx.oidc.issuer,
    clientId: client.id,
    scopes: token.scopes,
    authTime: grantSource(ctx).authTime,
    originJti: token.grantId,
    jti: token.jti,
    issuedAt: epochSeconds(clock),
    lifetimeSeconds: client[lifetime],
  };
}

/** The code or refresh token that the request brought. */
function grantSource(ctx: KoaContextWithOIDC): { readonly authTime: number; readonly nonce: string | undefined } {
  const found = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
  if (found?.authTime === undefined) throw new Error('a token is issued for a code or a refresh token of a sign-in');
  return { authTime: found.authTime, nonce: found.nonce };
}

function currentContext(provider: Provider): KoaContextWithOIDC {
  const ctx = (provider.constructor as typeof Provider).ctx;
  if (!ctx) throw new Error('a token is issued in answer to a request');
  return ctx;
}
