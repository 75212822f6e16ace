import { createHash, type JsonWebKey } from 'node:crypto';

/** The thumbprint of an RSA key (RFC 7638): a `kid` that follows from the key, so that it need not be stored. */
export function jwkThumbprint({ e, kty, n }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
