import { sign } from 'node:crypto';

import { type SigningKey } from './alb-keys.ts';

/**
 * How long a minted token is good for. About one minute, as reported for AWS:
 * https://miggo.io/resources/uncovering-auth-vulnerability-in-aws-alb-albeast
 */
export const oidcDataLifetimeSeconds = 60;

export interface OidcDataContent {
  /** What the userinfo endpoint said, in its order. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** The identity provider's issuer URL. */
  readonly issuer: string;
  /** The id of the client. */
  readonly client: string;
  /** The load balancer's ARN. */
  readonly signer: string;
  /** Seconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Mints `x-amzn-oidc-data`: a compact JWS, ES256, but with the `=` padding of Base64 kept on all three parts and signed
 * along, and with `iss`, `client`, `signer` and `exp` in the header.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
 * (User claims encoding and signature verification); the order of the keys is that of real tokens.
 */
export function mintOidcData(content: OidcDataContent, key: SigningKey): string {
  const { claims, issuer, client, signer, expiresAt } = content;
  const header = { typ: 'JWT', kid: key.kid, alg: 'ES256', iss: issuer, client, signer, exp: expiresAt };
  const payload = { ...claims, exp: expiresAt, iss: issuer };
  const signingInput = `${encode(JSON.stringify(header))}.${encode(JSON.stringify(payload))}`;
  const signature = sign('sha256', Buffer.from(signingInput), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signingInput}.${encode(signature)}`;
}

function encode(part: string | Buffer): string {
  return Buffer.from(part as string)
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
