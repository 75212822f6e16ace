import { JwtExpiredError, JwtInvalidSignatureError } from 'aws-jwt-verify/error';
import { ClaimsError } from './error.ts';
import { type CheckedSettings } from './settings.ts';
import { isExpired, isSeconds, readToken, type UnverifiedToken } from './token.ts';
import { type VerificationKey } from './verification-key.ts';

/** What x-amzn-oidc-data says, so far unverified: enough to decide whether its key is worth fetching. */
export interface UnverifiedData {
  readonly token: UnverifiedToken;
  /** A lower-case UUID. */
  readonly kid: string;
  readonly subject: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

/** Verified claims of x-amzn-oidc-data. */
export interface DataClaims {
  readonly claims: Readonly<Record<string, unknown>>;
}

const KID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** ES256 is r and s, 32 bytes each (RFC 7518, section 3.4); DER, which others use, is about 70. */
const SIGNATURE_BYTES = 64;

/**
 * Checks all of x-amzn-oidc-data that can be checked without its key. Every load balancer of a region signs with the
 * same keys, and a token has no audience: signer, client and issuer together say for whom it was made.
 *
 * @throws {ClaimsError}
 */
export function checkDataToken(token: string, settings: CheckedSettings, nowMs: number): UnverifiedData {
  const read = readToken(token, 'padded');
  if (!read) throw new ClaimsError('TOKEN_MALFORMED');
  const { header, payload, signatureBytes } = read;
  if (header['alg'] !== 'ES256') throw new ClaimsError('ALGORITHM_UNEXPECTED');
  if (header['typ'] !== undefined && header['typ'] !== 'JWT')
    throw new ClaimsError('TOKEN_MALFORMED', 'typ is not JWT');
  const { kid, signer, exp } = header;
  if (typeof kid !== 'string' || !KID.test(kid)) throw new ClaimsError('KID_MALFORMED');
  if (typeof signer !== 'string' || !settings.albArn.includes(signer)) throw new ClaimsError('SIGNER_MISMATCH');
  if (header['client'] !== settings.clientId) throw new ClaimsError('CLIENT_MISMATCH');
  if (header['iss'] !== settings.issuer || payload['iss'] !== settings.issuer) throw new ClaimsError('ISSUER_MISMATCH');
  if (!isSeconds(exp) || payload['exp'] !== exp) throw new ClaimsError('EXPIRY_MISMATCH');
  if (isExpired(exp, nowMs, settings.clockToleranceSeconds)) throw new ClaimsError('TOKEN_EXPIRED');
  const subject = payload['sub'];
  if (typeof subject !== 'string' || subject === '') throw new ClaimsError('TOKEN_MALFORMED', 'it has no sub');
  if (signatureBytes !== SIGNATURE_BYTES) throw new ClaimsError('SIGNATURE_INVALID');
  return { token: read, kid, subject, exp };
}

/**
 * Verifies a checked token with its key. The cryptography, and a second look at expiry and issuer, are aws-jwt-verify's.
 *
 * @throws {ClaimsError} `SIGNATURE_INVALID`, `TOKEN_EXPIRED`, `TOKEN_MALFORMED`
 */
export function verifyDataToken(data: UnverifiedData, key: VerificationKey, settings: CheckedSettings): DataClaims {
  try {
    const claims = key.verifier.verifyRead(data.token, {
      issuer: settings.issuer,
      audience: null,
      graceSeconds: settings.clockToleranceSeconds,
    });
    return { claims };
  } catch (error) {
    // Without the library's error as the cause: it quotes what it found.
    if (error instanceof JwtInvalidSignatureError) throw new ClaimsError('SIGNATURE_INVALID');
    if (error instanceof JwtExpiredError) throw new ClaimsError('TOKEN_EXPIRED');
    throw new ClaimsError('TOKEN_MALFORMED', 'a claim of it is not in order');
  }
}
