import { randomUUID } from 'node:crypto';
import type Provider from 'oidc-provider';
import { CognitoError, userNotFound } from '../api/cognito-error.ts';
import { epochSeconds } from '../clock.ts';
import { type AppClientSettings } from '../settings/user-pool-settings.ts';
import { type User } from '../users/user.ts';
import { type Store } from './store.ts';
import { type TokenOrigin, type TokenSource, type TokenWriter } from './tokens.ts';

/** Tokens as the API hands them out (cognito-idp API, AuthenticationResultType). */
export interface ApiTokenSet {
  readonly accessToken: string;
  readonly idToken: string;
  /** Not after a refresh. */
  readonly refreshToken?: string;
  readonly expiresIn: number;
}

/** The scope of every access token that comes from the API, and that its operations for users demand. */
export const userScope = 'aws.cognito.signin.user.admin';

interface ApiTokensOptions {
  readonly provider: Provider;
  readonly store: Store;
  readonly source: TokenSource;
  readonly writer: TokenWriter;
}

/** Tokens for the cognito-idp API: of the same kind, and in the same store, as those of the token endpoint. */
export class ApiTokens {
  readonly #provider: Provider;
  readonly #store: Store;
  readonly #source: TokenSource;
  readonly #writer: TokenWriter;

  constructor({ provider, store, source, writer }: ApiTokensOptions) {
    this.#provider = provider;
    this.#store = store;
    this.#source = source;
    this.#writer = writer;
  }

  /** Tokens of somebody who has just signed in. */
  async issue(client: AppClientSettings, { sub }: User): Promise<ApiTokenSet> {
    const grant = new this.#provider.Grant({ accountId: sub, clientId: client.id });
    grant.jti = randomUUID();
    grant.addOIDCScope(userScope);
    const origin = { clientId: client.id, sub, authTime: epochSeconds(this.#source.clock), nonce: undefined };
    const refresh = new this.#provider.RefreshToken({
      accountId: sub,
      client: await this.#registered(client),
      grantId: grant.jti,
      gty: 'authorization_code',
      scope: userScope,
      authTime: origin.authTime,
    });
    const [refreshToken, tokens] = await Promise.all([
      refresh.save(),
      this.#access(client, origin, grant.jti, userScope),
      grant.save(),
    ]);
    return { ...tokens, refreshToken };
  }

  /**
   * Whose refresh token it is.
   *
   * @throws CognitoError `NotAuthorizedException`
   */
  async refreshOwner(client: AppClientSettings, value: string): Promise<User> {
    const user = this.#source.users.find((await this.#refreshable(client, value)).origin.sub);
    if (!user) throw userNotFound();
    if (!user.enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
    return user;
  }

  /**
   * New tokens for a refresh token, with the attributes and groups of now.
   *
   * @throws CognitoError `NotAuthorizedException`
   */
  async refresh(client: AppClientSettings, value: string): Promise<ApiTokenSet> {
    await this.refreshOwner(client, value);
    const { origin, grantId, scope } = await this.#refreshable(client, value);
    return this.#access(client, origin, grantId, scope);
  }

  /**
   * Whose access token it is.
   *
   * @throws CognitoError `NotAuthorizedException`, for one that is not good for operations of users as well
   */
  async owner(value: string): Promise<User> {
    const token = await this.#provider.AccessToken.find(value);
    const user = token && this.#source.users.find(token.accountId);
    if (!token || !user) {
      // Whether it was ever good is told to whoever holds one of this pool's.
      const ours = this.#source.key.open(value) !== undefined;
      throw new CognitoError('NotAuthorizedException', ours ? 'Access Token has been revoked' : 'Invalid Access Token');
    }
    if (!user.enabled) throw new CognitoError('NotAuthorizedException', 'User is disabled.');
    if (!token.scopes.has(userScope)) {
      throw new CognitoError('NotAuthorizedException', 'Access Token does not have required scopes');
    }
    return user;
  }

  /** Ends a refresh token, and every token that came from the same sign-in. One that is unknown has been ended already. */
  async revoke(client: AppClientSettings, value: string): Promise<void> {
    const token = await this.#provider.RefreshToken.find(value);
    if (token?.grantId === undefined || token.clientId !== client.id) return;
    await this.#store.endGrant(token.grantId);
  }

  async #refreshable(
    client: AppClientSettings,
    value: string,
  ): Promise<{ readonly origin: TokenOrigin; readonly grantId: string; readonly scope: string }> {
    const token = await this.#provider.RefreshToken.find(value);
    const { clientId, grantId, accountId: sub, authTime, nonce, scope = '' } = token ?? {};
    const grant = grantId === undefined ? undefined : await this.#provider.Grant.find(grantId);
    if (clientId !== undefined && clientId !== client.id) {
      throw new CognitoError('NotAuthorizedException', 'Invalid Refresh Token');
    }
    if (!grant || grantId === undefined || sub === undefined || authTime === undefined) {
      throw new CognitoError('NotAuthorizedException', 'Refresh Token has been revoked');
    }
    return { origin: { clientId: client.id, sub, authTime, nonce }, grantId, scope };
  }

  async #access(client: AppClientSettings, origin: TokenOrigin, grantId: string, scope: string): Promise<ApiTokenSet> {
    const token = new this.#provider.AccessToken({
      accountId: origin.sub,
      client: await this.#registered(client),
      grantId,
      gty: 'authorization_code',
      scope,
    });
    this.#writer.originate(token, origin);
    const accessToken = await token.save();
    return {
      accessToken,
      idToken: this.#writer.idToken(token, origin),
      expiresIn: client.accessTokenSeconds,
    };
  }

  async #registered(client: AppClientSettings): Promise<NonNullable<Awaited<ReturnType<Provider['Client']['find']>>>> {
    const registered = await this.#provider.Client.find(client.id);
    if (!registered) throw new Error(`client ${client.id} is not in the pool any more`);
    return registered;
  }
}
