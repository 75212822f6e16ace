import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import { type AddressInfo } from 'node:net';

import Provider, { type JWK } from 'oidc-provider';

import { type TlsCredentials } from '../listener-server.ts';

/** A certified OpenID provider, where everybody who comes is Ada. */
export interface OpenIdProvider {
  readonly issuer: string;
  readonly clientSecret: string;
  /** What the client `client1` shows at the token endpoint, and when. */
  readonly grants: readonly string[];
  /** How often somebody was asked who they are. */
  readonly logins: number;
  close(): Promise<void>;
}

/** @param redirectUri of its client `client1` */
export async function startOpenIdProvider(tls: TlsCredentials, redirectUri: string): Promise<OpenIdProvider> {
  const server: Server = createServer({ ...tls });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientSecret = randomBytes(32).toString('base64');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants: string[] = [];
  let logins = 0;
  const provider: Provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'client1',
        client_secret: clientSecret,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
      },
    ],
    jwks: { keys: [{ ...(privateKey.export({ format: 'jwk' }) as JWK), use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    ttl: { Interaction: 60, Session: 3600, Grant: 86_400, AccessToken: 3600, RefreshToken: 86_400, IdToken: 3600 },
    pkce: { required: () => false },
    issueRefreshToken: () => true,
    // One that is used a second time ends the grant.
    rotateRefreshToken: true,
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, email: 'ada@example.com', email_verified: true }),
    }),
    interactions: { url: (_, { uid }) => `/login/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({ clientId: 'client1', accountId: oidc.session?.accountId ?? '' });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  provider.on('grant.success', ({ oidc }) => grants.push(String(oidc.params?.['grant_type'])));
  const callback = provider.callback();
  server.on('request', (request, response) => {
    const login = request.url?.startsWith('/login/') === true;
    if (login) logins++;
    void (login
      ? provider.interactionFinished(request, response, { login: { accountId: 'ada' } })
      : callback(request, response));
  });
  return {
    issuer,
    clientSecret,
    grants,
    get logins() {
      return logins;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
