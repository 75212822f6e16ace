import { isUtf8 } from 'node:buffer';
import { safeJsonParse } from 'aws-jwt-verify/safe-json-parse';

/** A token as it reads, before anything about it is believed. */
export interface UnverifiedToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly signatureBytes: number;
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
  const first = token.indexOf('.');
  const second = token.indexOf('.', first + 1);
  if (first < 1 || second < 0) return undefined;
  const headerB64 = token.slice(0, first);
  const payloadB64 = token.slice(first + 1, second);
  const signatureB64 = token.slice(second + 1);
  const header = parse(headerB64, encoding);
  const payload = header && parse(payloadB64, encoding);
  const signatureBytes = payload && decode(signatureB64, encoding);
  if (!signatureBytes) return undefined;
  // A critical extension that is not understood makes a token invalid (RFC 7515, section 4.1.11).
  if ('crit' in header || !isOptionalTime(payload['nbf']) || !isOptionalTime(payload['iat'])) return undefined;
  return { header, payload, signatureBytes, headerB64, payloadB64, signatureB64 };
}

/** Expiry and the like: seconds since 1970, exactly representable. */
export function isSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** Whether `exp` has passed (RFC 7519, section 4.1.4: "on or after"). */
export function isExpired(exp: number, nowMs: number, toleranceSeconds: number): boolean {
  return nowMs / 1000 >= exp + toleranceSeconds;
}

/** Where parts are decoded, one after the other: a buffer for each would be a tenth of the cost of a verification. */
const decoded = Buffer.alloc(MAX_TOKEN_CHARS);

/** Decodes a part to the start of `decoded`; how many bytes, or 0 when that is not how a signer would have spelt them. */
function decode(part: string, encoding: Encoding): number {
  const bytes = decoded.write(part, 'base64url');
  const unpadded = decoded.toString('base64url', 0, bytes);
  const expected = encoding === 'padded' ? unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, '=') : unpadded;
  return part === expected ? bytes : 0;
}

/** The text in the first bytes of `decoded`; undefined when they are not UTF-8. */
function decodedText(bytes: number): string | undefined {
  const text = decoded.toString('utf8', 0, bytes);
  // What cannot be decoded becomes U+FFFD, which may also have been written.
  return text.includes('\ufffd') && !isUtf8(decoded.subarray(0, bytes)) ? undefined : text;
}

/** What reaches into prototypes when an object is merged, and the escape that it could be hidden behind. */
const SUSPICIOUS = ['__proto__', 'constructor', '\\u'] as const;

/**
 * A JSON object. aws-jwt-verify's parser takes `__proto__` and `constructor` out, at five times the time of a plain
 * parser, so it is asked where one may be in.
 */
function parse(part: string, encoding: Encoding): Readonly<Record<string, unknown>> | undefined {
  const text = decodedText(decode(part, encoding));
  if (text === undefined) return undefined;
  try {
    const value: unknown = SUSPICIOUS.some((word) => text.includes(word)) ? safeJsonParse(text) : JSON.parse(text);
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
