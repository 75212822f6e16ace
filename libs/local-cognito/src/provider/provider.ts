import { randomUUID } from 'node:crypto';
import type * as OidcProvider from 'oidc-provider';
import type { AdapterPayload, Configuration, errors, KoaContextWithOIDC } from 'oidc-provider';
import type Provider from 'oidc-provider';
import { type Log } from '../log.ts';
import { type AuthorizationRequest } from '../oauth/authorization-request.ts';
import { issuerOf, jwksPath, paths } from '../oauth/endpoints.ts';
import { type Session } from '../oauth/sessions.ts';
import { type AppClientSettings } from '../settings/user-pool-settings.ts';
import { shapeAnswers } from './answers.ts';
import { type StateStore } from '../state/state-store.ts';
import { ApiTokens } from './api-tokens.ts';
import { grantClientCredentials } from './client-credentials.ts';
import { Store } from './store.ts';
import { issueCognitoTokens, type TokenSource } from './tokens.ts';

/** Codes live five minutes (Developer guide, "Authorize endpoint"). */
export const codeSeconds = 300;

export interface ProviderOptions extends TokenSource {
  /** As `loadOidcProvider` gives it. */
  readonly oidc: typeof OidcProvider;
  readonly state: StateStore;
  /** Asked each time, as `settings` is. */
  readonly clientSecret: (clientId: string) => string | undefined;
  readonly log: Log;
}

/** The half of the pool that speaks OAuth to servers: token, userInfo, revoke and JWKS, by oidc-provider. */
export interface CodeProvider {
  readonly handle: ReturnType<Provider['callback']>;
  /** A code for one use within five minutes. */
  issueCode(request: AuthorizationRequest, session: Session): Promise<string>;
  /** Ends every code and token of a user. */
  endSignIns(sub: string): Promise<void>;
  /** For the cognito-idp API. */
  readonly tokens: ApiTokens;
}

/**
 * Sets up oidc-provider for what servers ask of a user pool.
 *
 * Its authorization endpoint is not used: the pages do that part (see README, "What is built on what").
 */
export async function createCodeProvider(options: ProviderOptions): Promise<CodeProvider> {
  const { oidc, settings, users, key, clock, log } = options;
  const store = await Store.open(
    options.state,
    clock,
    () => new oidc.errors.InvalidGrant('authorization code already consumed'),
  );

  const client = (id: string | undefined): AppClientSettings | undefined =>
    settings().clients.find((candidate) => candidate.id === id);
  const lifetime =
    (member: 'accessTokenSeconds' | 'refreshTokenSeconds') =>
    (_ctx: unknown, token: { readonly clientId?: string | undefined }): number =>
      client(token.clientId)?.[member] ?? 1;

  const configuration: Configuration = {
    adapter: (kind) =>
      kind === 'Client'
        ? {
            ...store.adapter(kind),
            find: (id) => Promise.resolve(clientMetadata(client(id), options.clientSecret(id))),
          }
        : store.adapter(kind),
    jwks: { keys: [key.privateJwk()] },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'none'],
    responseTypes: ['code'],
    scopes: ['openid'],
    findAccount: (_ctx, sub) => (users.find(sub)?.enabled ? { accountId: sub, claims: () => ({ sub }) } : undefined),
    issueRefreshToken: () => Promise.resolve(true),
    rotateRefreshToken: false,
    clientBasedCORS: () => false,
    renderError: (ctx, out) => {
      ctx.body = out;
    },
    interactions: { url: () => paths.login },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, asking, token) => {
          if (!client(asking.clientId)?.revocationAllowed) throw new oidc.errors.InvalidRequest('revocation is off');
          return token.clientId === asking.clientId;
        },
      },
    },
    routes: {
      // Moved away from the address at which the pages answer.
      authorization: '/not-used/authorize',
      jwks: jwksPath(settings().id),
      revocation: paths.revoke,
      token: paths.token,
      userinfo: paths.userInfo,
    },
    ttl: {
      AccessToken: lifetime('accessTokenSeconds'),
      AuthorizationCode: codeSeconds,
      RefreshToken: lifetime('refreshTokenSeconds'),
      Grant: (_ctx, grant) => codeSeconds + (client(grant.clientId)?.refreshTokenSeconds ?? 1),
    },
  };

  const provider = new oidc.Provider(issuerOf(settings()), configuration);
  const writer = issueCognitoTokens(provider, options);
  grantClientCredentials(provider, options, oidc);
  provider.use(shapeAnswers(options));
  logRefusals(provider, log);
  return {
    handle: provider.callback(),
    endSignIns: (sub) => store.endAccount(sub),
    tokens: new ApiTokens({ provider, store, source: options, writer }),
    issueCode: async (request, session) => {
      const registered = await provider.Client.find(request.client.id);
      if (!registered) throw new Error(`client ${request.client.id} is not in the pool any more`);
      const scope = request.scopes.join(' ');
      const grant = new provider.Grant({ accountId: session.sub, clientId: request.client.id });
      grant.jti = randomUUID();
      grant.addOIDCScope(scope);
      const code = new provider.AuthorizationCode({
        accountId: session.sub,
        authTime: session.authTime,
        client: registered,
        grantId: await grant.save(),
        gty: 'authorization_code',
        redirectUri: request.redirectUri,
        scope,
        ...(request.nonce !== undefined && { nonce: request.nonce }),
        ...(request.codeChallenge !== undefined && {
          codeChallenge: request.codeChallenge,
          codeChallengeMethod: 'S256',
        }),
      });
      code.jti = randomUUID();
      return code.save();
    },
  };
}

/**
 * Logs why a server was refused. What Cognito does not tell the client (which of code, secret or callback was wrong) is
 * what a developer looks for; the provider's details name it without quoting what was sent.
 */
function logRefusals(provider: Provider, log: Log): void {
  const refused = (ctx: KoaContextWithOIDC, error: errors.OIDCProviderError): void => {
    const reason = error.error_detail ?? error.error_description ?? '';
    log({ level: 'warn', event: 'token_refused', message: `${ctx.method} ${ctx.path}: ${error.message}, ${reason}` });
  };
  provider.on('grant.error', refused);
  provider.on('userinfo.error', refused);
  provider.on('revocation.error', refused);
  provider.on('server_error', (_ctx, error) =>
    log({ level: 'error', event: 'internal_error', message: error.message }),
  );
}

function clientMetadata(client: AppClientSettings | undefined, secret: string | undefined): AdapterPayload | undefined {
  if (!client || (client.hasSecret && secret === undefined)) return undefined;
  const code = client.flows.includes('code');
  return {
    client_id: client.id,
    // The provider takes the secret from the header and from the body alike, whichever of the two is named here.
    ...(client.hasSecret
      ? { client_secret: secret, token_endpoint_auth_method: 'client_secret_basic' }
      : { token_endpoint_auth_method: 'none' }),
    grant_types: [
      ...(code ? ['authorization_code'] : []),
      ...(client.refreshAllowed ? ['refresh_token'] : []),
      // Programs prove who they are, or get nothing (cognito-idp API, CreateUserPoolClient: GenerateSecret).
      ...(client.flows.includes('client_credentials') && client.hasSecret ? ['client_credentials'] : []),
    ],
    response_types: code ? ['code'] : [],
    // Demanded, and not used: the pages compare callbacks, with Cognito's rules (custom schemes are allowed, for one).
    redirect_uris: code ? ['https://callback.invalid/'] : [],
  };
}
