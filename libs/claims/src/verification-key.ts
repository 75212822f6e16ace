import { createPublicKey, type KeyObject } from 'node:crypto';
import { type JwkWithKid } from 'aws-jwt-verify/jwk';
import { SignatureVerifier } from './signature-verifier.ts';

/** A public key, and what verifies with it. */
export interface VerificationKey {
  readonly key: KeyObject;
  readonly jwk: JwkWithKid;
  readonly verifier: SignatureVerifier;
}

/** Nothing but one PEM block of a public key: no private key, no certificate, no page of HTML around it. */
const PUBLIC_PEM = /^-----BEGIN PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END PUBLIC KEY-----\s*$/;
const MIN_RSA_BITS = 2048;

/** Reads a load balancer's key: SPKI in PEM, elliptic curve P-256. Undefined when it is anything else. */
export function albKey(kid: string, pem: string): VerificationKey | undefined {
  if (!PUBLIC_PEM.test(pem)) return undefined;
  try {
    const key = createPublicKey({ key: pem, format: 'pem' });
    if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
    const jwk = { ...key.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' } as JwkWithKid;
    return { key, jwk, verifier: new SignatureVerifier(jwk) };
  } catch {
    return undefined;
  }
}

/** Reads one key of a pool's JWKS: RSA of 2048 bits or more, for RS256 signatures. Undefined when it is anything else. */
export function poolKey(jwk: unknown): VerificationKey | undefined {
  if (typeof jwk !== 'object' || jwk === null) return undefined;
  const { kty, kid, n, e, use = 'sig', alg = 'RS256' } = jwk as Readonly<Record<string, unknown>>;
  const fits = kty === 'RSA' && use === 'sig' && alg === 'RS256';
  if (!fits || typeof kid !== 'string' || typeof n !== 'string' || typeof e !== 'string') return undefined;
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    if ((key.asymmetricKeyDetails?.modulusLength ?? 0) < MIN_RSA_BITS) return undefined;
    const own = { kty, kid, n, e, use, alg };
    return { key, jwk: own, verifier: new SignatureVerifier(own) };
  } catch {
    return undefined;
  }
}
