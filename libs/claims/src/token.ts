import { isUtf8 } from 'node:buffer';
import { safeJsonParse } from 'aws-jwt-verify/safe-json-parse';

/** A token as it reads, before anything about it is believed. */
export interface UnverifiedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly signature: Uint8Array;
  /** The three parts as they were written, which is what was signed. */
  readonly headerB64: string;
  readonly payloadB64: string;
  readonly signatureB64: string;
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
  const [headerB64, payloadB64, signatureB64, ...more] = token.split('.');
  if (!headerB64 || !payloadB64 || !signatureB64 || more.length > 0) return undefined;
  const signature = decode(signatureB64, encoding);
  const header = parse(decode(headerB64, encoding));
  const payload = parse(decode(payloadB64, encoding));
  if (!signature || !header || !payload) return undefined;
  // A critical extension that is not understood makes a token invalid (RFC 7515, section 4.1.11).
  if ('crit' in header || !isOptionalTime(payload['nbf']) || !isOptionalTime(payload['iat'])) return undefined;
  return { header, payload, signature, headerB64, payloadB64, signatureB64 };
}

/** Expiry and the like: seconds since 1970, exactly representable. */
export function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** Whether `exp` has passed (RFC 7519, section 4.1.4: "on or after"). */
export function isExpired(exp: number, nowMs: number, toleranceSeconds: number): boolean {
  return nowMs / 1000 >= exp + toleranceSeconds;
}

function decode(part: string, encoding: Encoding): Buffer | undefined {
  const bytes = Buffer.from(part, 'base64url');
  const unpadded = bytes.toString('base64url');
  const expected = encoding === 'padded' ? unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=') : unpadded;
  return part === expected ? bytes : undefined;
}

/** Words that reach into prototypes when an object is merged, and the escape that they could be hidden behind. */
const SUSPICIOUS = /__proto__|constructor|\\u/;

/**
 * A JSON object. aws-jwt-verify's parser takes `__proto__` and `constructor` out, at ten times the time of a plain
 * parser, so it is asked where one may be in.
 */
function parse(bytes: Buffer | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!bytes || !isUtf8(bytes)) return undefined;
  const text = bytes.toString('utf8');
  try {
    const value: unknown = SUSPICIOUS.test(text) ? safeJsonParse(text) : JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Compared with another type, a time is neither before nor after. */
function isOptionalTime(value: unknown): boolean {
  return value === undefined || Number.isFinite(value);
}
