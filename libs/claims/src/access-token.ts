import { JwtExpiredError, JwtInvalidSignatureError } from 'aws-jwt-verify/error';
import { ClaimsError, type ClaimsErrorCode } from './error.ts';
import { type CheckedSettings } from './settings.ts';
import { isExpired, isSeconds, readToken, type UnverifiedToken } from './token.ts';
import { type VerificationKey } from './verification-key.ts';

/** How an access token came, and so whose it may be and what its errors are called. */
export interface AccessTokenUse {
  readonly clientIds: readonly string[];
  readonly invalid: ClaimsErrorCode;
  readonly expired: ClaimsErrorCode;
}

/** What an access token says; believed only once `verifyAccessToken` returned it. */
export interface AccessClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly username: string | undefined;
  readonly clientId: string;
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  /** Seconds since 1970. */
  readonly authTime: number;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** An access token of which all was checked but the signature. */
export interface UnverifiedAccess {
  readonly token: UnverifiedToken;
  readonly kid: string;
  readonly subject: string;
  /** Seconds since 1970. */
  readonly exp: number;
}

const KID = /^[\w+/=.-]{1,128}$/;

/**
 * Checks all of an access token that can be checked without its key. It has no `aud`: `client_id` takes its place
 * (Cognito developer guide, "Verifying JSON web tokens").
 *
 * @throws {ClaimsError} `use.invalid`, `use.expired`
 */
export function checkAccessToken(
  token: string,
  use: AccessTokenUse,
  settings: CheckedSettings,
  nowMs: number,
): UnverifiedAccess {
  const read = readToken(token, 'unpadded');
  if (!read) throw new ClaimsError(use.invalid, 'it is malformed');
  const { header, payload } = read;
  if (header['alg'] !== 'RS256') throw new ClaimsError(use.invalid, 'it is not signed with RS256');
  const kid = header['kid'];
  if (typeof kid !== 'string' || !KID.test(kid)) throw new ClaimsError(use.invalid, 'its key id is malformed');
  const { subject } = readAccessClaims(payload, use, settings);
  const exp = payload['exp'];
  if (!isSeconds(exp)) throw new ClaimsError(use.invalid, 'exp is not an integer');
  if (isExpired(exp, nowMs, settings.clockToleranceSeconds)) throw new ClaimsError(use.expired);
  return { token: read, kid, subject, exp };
}

/**
 * Verifies a checked access token with its key.
 *
 * @throws {ClaimsError} `use.invalid`, `use.expired`
 */
export function verifyAccessToken(
  access: UnverifiedAccess,
  key: VerificationKey | undefined,
  use: AccessTokenUse,
  settings: CheckedSettings,
): AccessClaims {
  if (!key) throw new ClaimsError(use.invalid, 'the pool has no key of its key id');
  return readAccessClaims(verifySignature(access.token, key, use, settings), use, settings);
}

function verifySignature(
  token: UnverifiedToken,
  key: VerificationKey,
  use: AccessTokenUse,
  settings: CheckedSettings,
): Readonly<Record<string, unknown>> {
  try {
    return key.verifier.verifyRead(token, {
      issuer: settings.issuer,
      audience: null,
      graceSeconds: settings.clockToleranceSeconds,
    });
  } catch (error) {
    // Without the library's error as the cause: it quotes what it found.
    if (error instanceof JwtExpiredError) throw new ClaimsError(use.expired);
    const signature = error instanceof JwtInvalidSignatureError;
    throw new ClaimsError(use.invalid, signature ? 'its signature does not verify' : 'a claim of it is not in order');
  }
}

function readAccessClaims(
  payload: Readonly<Record<string, unknown>>,
  use: AccessTokenUse,
  settings: CheckedSettings,
): AccessClaims {
  const { iss, sub, username, client_id: clientId, scope = '', auth_time: authTime } = payload;
  const groups = payload['cognito:groups'] ?? [];
  const refuse = (reason: string): ClaimsError => new ClaimsError(use.invalid, reason);
  if (iss !== settings.issuer) throw refuse('it is from another issuer');
  if (payload['token_use'] !== 'access') throw refuse('token_use is not access');
  if (typeof clientId !== 'string' || !use.clientIds.includes(clientId)) throw refuse('it is of another app client');
  if (typeof sub !== 'string' || sub === '') throw refuse('it has no sub');
  if (username !== undefined && typeof username !== 'string') throw refuse('username is not text');
  if (typeof scope !== 'string') throw refuse('scope is not text');
  if (!isSeconds(authTime)) throw refuse('auth_time is not an integer');
  if (!Array.isArray(groups) || !groups.every((group) => typeof group === 'string')) {
    throw refuse('cognito:groups is not a list of names');
  }
  return {
    issuer: iss,
    subject: sub,
    username,
    clientId,
    groups: Object.freeze([...groups]),
    scopes: Object.freeze(scope.split(' ').filter((name) => name !== '')),
    authTime,
    claims: payload,
  };
}
