import { createPublicKey, type KeyObject } from 'node:crypto';

import { parseJsonObject } from './json.ts';

/** "Maximum response size: 150 KB": listener-verify-jwt.html, "JWT validation limits". */
export const maximumKeySetBytes = 150 * 1024;

/** "Maximum number of keys: 10": the same. */
export const maximumKeys = 10;

/** RFC 7518 section 3.3: a shorter RSA key must not be used. */
const minimumModulusBits = 2048;

/** The keys of an endpoint that can have signed with RS256, by their `kid`. */
export type KeySet = ReadonlyMap<string, readonly KeyObject[]>;

/** Reads a JSON Web Key Set (RFC 7517 section 5); nothing when it is none, or more than an ALB takes. */
export function readKeySet(text: string): KeySet | undefined {
  if (Buffer.byteLength(text) > maximumKeySetBytes) return undefined;
  const keys = parseJsonObject(text)?.['keys'];
  if (!Array.isArray(keys) || keys.length > maximumKeys) return undefined;
  const set = new Map<string, readonly KeyObject[]>();
  for (const entry of keys as readonly unknown[]) {
    const read = readKey(entry);
    if (read !== undefined) set.set(read.kid, [...(set.get(read.kid) ?? []), read.key]);
  }
  return set;
}

/** A key that is not for this (RFC 7517 sections 4.2 to 4.4) is passed over, as an unknown kind must be (section 5). */
function readKey(entry: unknown): { readonly kid: string; readonly key: KeyObject } | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { kty, kid, use, alg, key_ops: operations, n, e } = entry as Readonly<Record<string, unknown>>;
  if (kty !== 'RSA' || typeof kid !== 'string' || kid === '' || typeof n !== 'string' || typeof e !== 'string')
    return undefined;
  if ((use ?? 'sig') !== 'sig' || (alg ?? 'RS256') !== 'RS256') return undefined;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) return undefined;
  try {
    const key = createPublicKey({ key: { kty, n, e }, format: 'jwk' });
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) < minimumModulusBits ? undefined : { kid, key };
  } catch {
    return undefined;
  }
}
