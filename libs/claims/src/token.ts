import { isUtf8 } from 'node:buffer';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';

/** A token as it reads, before anything about it is believed. */
export interface UnverifiedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly signature: Uint8Array;
}

/**
 * How a signer writes base64url: a load balancer pads each part with `=` and signs the padding too; Cognito, like all
 * others, does not pad (RFC 7515, section 2).
 */
export type Encoding = 'padded' | 'unpadded';

/** A load balancer refuses sessions whose claims and access token are over 11 KB, which base64 makes about 15 KB. */
const MAX_TOKEN_CHARS = 16_384;

/**
 * Reads a token strictly: three parts, each in the one spelling that its signer would have used, of well-formed UTF-8
 * and JSON. Without that, one signature has many spellings: base64's last character may vary and still decode alike.
 * Undefined when it is not so; why does not matter, and the reason could quote the token.
 */
export function readToken(token: string, encoding: Encoding): UnverifiedToken | undefined {
  if (token.length > MAX_TOKEN_CHARS) return undefined;
  const parts = token.split('.').map((part) => decodePart(part, encoding));
  const [header, payload, signature] = parts;
  if (parts.length !== 3 || !header || !payload || !signature || !isUtf8(header) || !isUtf8(payload)) return undefined;
  try {
    // The library's own reading, so that what is checked here is what it verifies later.
    const decomposed = decomposeUnverifiedJwt(token);
    // A critical extension that is not understood makes a token invalid (RFC 7515, section 4.1.11).
    return 'crit' in decomposed.header
      ? undefined
      : { header: decomposed.header, payload: decomposed.payload, signature };
  } catch {
    return undefined;
  }
}

/** Expiry and the like: seconds since 1970, exactly representable. */
export function isSeconds(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

/** Whether `exp` has passed (RFC 7519, section 4.1.4: "on or after"). */
export function isExpired(exp: number, nowMs: number, toleranceSeconds: number): boolean {
  return nowMs / 1000 >= exp + toleranceSeconds;
}

function decodePart(part: string, encoding: Encoding): Uint8Array | undefined {
  const bytes = Buffer.from(part, 'base64url');
  const unpadded = bytes.toString('base64url');
  const expected = encoding === 'padded' ? unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=') : unpadded;
  return part !== '' && part === expected ? bytes : undefined;
}
