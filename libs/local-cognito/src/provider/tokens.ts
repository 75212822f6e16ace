import { createHash, randomUUID } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { type Clock, epochSeconds } from '../clock.ts';
import { LocalUserPoolError } from '../errors.ts';
import { accessTokenClaims, cognitoUsername, idTokenClaims, type TokenFacts } from '../oauth/claims.ts';
import { issuerOf } from '../oauth/endpoints.ts';
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

/** Of which sign-in, and for whom, a token is. */
export interface TokenOrigin {
  readonly clientId: string;
  readonly sub: string;
  /** Seconds since the epoch. */
  readonly authTime: number;
  readonly nonce: string | undefined;
}

/** Signs tokens outside the token endpoint: for the cognito-idp API. */
export interface TokenWriter {
  /** Says of which sign-in an access token is that is about to be saved. */
  originate(token: AccessTokenEntity, origin: TokenOrigin): void;
  /** The ID token beside a saved access token. */
  idToken(token: AccessTokenEntity, origin: TokenOrigin): string;
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
export interface AccessTokenEntity {
  readonly jti: string;
  readonly grantId?: string | undefined;
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
export function issueCognitoTokens(provider: Provider, source: TokenSource): TokenWriter {
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
  const origins = new WeakMap<object, TokenOrigin>();

  function idToken(token: AccessTokenEntity, origin: TokenOrigin): string {
    const value = issued.get(token);
    if (value === undefined) throw new Error('an ID token is issued beside an access token');
    const facts = { ...tokenFacts(token, origin, source, 'idTokenSeconds'), jti: randomUUID() };
    return source.key.sign(idTokenClaims(facts, { nonce: origin.nonce, accessTokenHash: leftHalfHash(value) }));
  }

  accessTokens.prototype.generateTokenId = () => randomUUID();

  accessTokens.prototype.getValueAndPayload = async function () {
    const { payload } = await opaque.getValueAndPayload.call(this);
    const origin = origins.get(this) ?? requestOrigin(currentContext(provider));
    const value = source.key.sign(accessTokenClaims(tokenFacts(this, origin, source, 'accessTokenSeconds')));
    issued.set(this, value);
    return { value, payload };
  };

  // A model's own `find` makes instances of `this`, hence the bound one.
  accessTokens.find = async (value, options) => {
    const jti = source.key.open(value)?.['jti'];
    return typeof jti === 'string' ? find(jti, options) : undefined;
  };

  idTokens.prototype.issue = function () {
    const token = this.ctx.oidc.entities.AccessToken;
    if (!token) throw new Error('an ID token is issued beside an access token');
    return Promise.resolve(idToken(token, requestOrigin(this.ctx)));
  };

  return { originate: (token, origin) => origins.set(token, origin), idToken };
}

/** OpenID Connect Core 1.0, section 3.1.3.6: the left half of the hash that the signature algorithm uses. */
export function leftHalfHash(token: string): string {
  return createHash('sha256').update(token).digest().subarray(0, 16).toString('base64url');
}

function tokenFacts(
  token: AccessTokenEntity,
  { clientId, sub, authTime }: TokenOrigin,
  { settings, users, clock }: TokenSource,
  lifetime: keyof Pick<AppClientSettings, 'accessTokenSeconds' | 'idTokenSeconds'>,
): TokenFacts {
  const pool = settings();
  const client = pool.clients.find(({ id }) => id === clientId);
  const user = users.find(sub);
  if (!client || !user) throw new Error('a token is issued to a client of the pool, for a user of the pool');
  const groups = new Set(pool.groups.map(({ name }) => name));
  return {
    user,
    username: cognitoUsername(user, pool.signIn),
    groups: user.groups.filter((group) => groups.has(group)),
    issuer: issuerOf(pool),
    clientId: client.id,
    scopes: token.scopes,
    authTime,
    originJti: token.grantId ?? token.jti,
    jti: token.jti,
    issuedAt: epochSeconds(clock),
    lifetimeSeconds: client[lifetime],
  };
}

/** What the code or refresh token that the request brought says. */
function requestOrigin(ctx: KoaContextWithOIDC): TokenOrigin {
  const found = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
  const clientId = ctx.oidc.client?.clientId;
  const sub = ctx.oidc.account?.accountId;
  if (found?.authTime === undefined || clientId === undefined || sub === undefined) {
    throw new Error('a token is issued for a code or a refresh token of a sign-in');
  }
  return { clientId, sub, authTime: found.authTime, nonce: found.nonce };
}

function currentContext(provider: Provider): KoaContextWithOIDC {
  const ctx = (provider.constructor as typeof Provider).ctx;
  if (!ctx) throw new Error('a token is issued in answer to a request');
  return ctx;
}
