import { type KeyObject, verify } from 'node:crypto';

import { parseJsonObject } from './json.ts';

/** A JSON Web Token in compact form (RFC 7515 section 3.1), taken apart and not believed yet. */
export interface Jwt {
  readonly kid: string;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What the signature is about. */
  readonly signed: string;
  readonly signature: Buffer;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Takes a token apart: RS256 alone, with the `kid` of its key. Nothing else of the header is heeded, so that a token
 * brings no key of its own (`jwk`, `jku`, `x5c`); one that says it must be understood (`crit`) is none.
 */
export function readJwt(token: string): Jwt | undefined {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  if (more.length > 0) return undefined;
  const [decodedHeader, decodedPayload, decodedSignature] = [header, payload, signature].map(decodePart);
  if (decodedHeader === undefined || decodedPayload === undefined || decodedSignature === undefined) return undefined;
  const { alg, kid, crit } = jsonOf(decodedHeader) ?? {};
  const claims = jsonOf(decodedPayload);
  if (alg !== 'RS256' || typeof kid !== 'string' || kid === '' || crit !== undefined) return undefined;
  return claims === undefined
    ? undefined
    : { kid, claims, signed: `${header}.${payload}`, signature: decodedSignature };
}

/** Whether one of the keys signed it. The keys are RSA, so that the algorithm is never the token's to choose. */
export function isSigned(
  { signed, signature }: Pick<Jwt, 'signed' | 'signature'>,
  keys: readonly KeyObject[],
): boolean {
  return keys.some((key) => key.asymmetricKeyType === 'rsa' && verify('sha256', Buffer.from(signed), key, signature));
}

/** Base64url in its one spelling (RFC 7515 section 2): what two programs could read in two ways is nothing. */
function decodePart(part: string): Buffer | undefined {
  const decoded = Buffer.from(part, 'base64url');
  return part !== '' && decoded.toString('base64url') === part ? decoded : undefined;
}

function jsonOf(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    return parseJsonObject(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}
