import { randomUUID } from 'node:crypto';
import type * as oidc from 'oidc-provider';
import type Provider from 'oidc-provider';
import { epochSeconds } from '../clock.ts';
import { machineTokenClaims } from '../oauth/claims.ts';
import { issuerOf } from '../oauth/endpoints.ts';
import { type TokenSource } from './tokens.ts';

/**
 * Teaches the token endpoint `client_credentials` (Developer guide, "Token endpoint"). The provider authenticates the
 * client; its own grant of that name drops the scopes of resource servers unless they are asked for by RFC 8707, which
 * Cognito does not know.
 */
export function grantClientCredentials(
  provider: Provider,
  { settings, key, clock }: Omit<TokenSource, 'users'>,
  { errors }: Pick<typeof oidc, 'errors'>,
): void {
  provider.registerGrantType(
    'client_credentials',
    (ctx) => {
      const pool = settings();
      const client = pool.clients.find(({ id }) => id === ctx.oidc.client?.clientId);
      if (!client) throw new errors.InvalidClient('client is not in the pool any more');
      const own = new Set(
        pool.resourceServers.flatMap(({ identifier, scopes }) => scopes.map((s) => `${identifier}/${s}`)),
      );
      const allowed = client.scopes.filter((scope) => own.has(scope));
      const asked = String(ctx.oidc.params?.['scope'] ?? '')
        .split(' ')
        .filter(Boolean);
      const foreign = asked.find((scope) => !allowed.includes(scope));
      if (foreign !== undefined || allowed.length === 0) throw new errors.InvalidScope('not allowed', foreign ?? '');
      const claims = machineTokenClaims({
        clientId: client.id,
        scopes: asked.length > 0 ? [...new Set(asked)] : allowed,
        issuer: issuerOf(pool),
        jti: randomUUID(),
        issuedAt: epochSeconds(clock),
        lifetimeSeconds: client.accessTokenSeconds,
      });
      ctx.body = { access_token: key.sign(claims), expires_in: client.accessTokenSeconds, token_type: 'Bearer' };
    },
    ['scope'],
  );
}
