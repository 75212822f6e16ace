import { type AdditionalClaim, type JwtValidationAction } from '@gatehouse/listener';

import { AuthFailure } from './auth-failure.ts';
import { type Switches } from './switches.ts';

type Claims = Readonly<Record<string, unknown>>;

/** What the claims of a token are held against. */
export interface ClaimsExpectation {
  readonly action: Pick<JwtValidationAction, 'issuer' | 'additionalClaims'>;
  readonly switches: Pick<Switches, 'additionalClaimValues'>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Checks `iss` and `exp`, which must be there, `nbf` and `iat` where they are, and the claims of the action. No time is
 * granted: AWS documents none.
 *
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
 *
 * @throws {AuthFailure} `JWTClaimNotPresent`, `JWTClaimFormatInvalid`, `JWTClaimValueInvalid`
 */
export function checkClaims(claims: Claims, { action, switches, now }: ClaimsExpectation): void {
  const issuer = present(claims, 'iss');
  if (typeof issuer !== 'string') throw badFormat('iss');
  if (issuer !== action.issuer) throw badValue('iss');
  if (instant('exp', present(claims, 'exp')) <= now) throw badValue('exp');
  for (const name of ['nbf', 'iat']) {
    if (Object.hasOwn(claims, name) && instant(name, claims[name]) > now) throw badValue(name);
  }
  for (const claim of action.additionalClaims) checkAdditional(claims, claim, switches.additionalClaimValues);
}

function checkAdditional(claims: Claims, { name, format, values }: AdditionalClaim, wanted: 'all' | 'any'): void {
  const said = textsOf(present(claims, name), format);
  if (said === undefined) throw badFormat(name);
  // A single text cannot be several: there, the values are alternatives.
  const all = wanted === 'all' && format !== 'single-string';
  const holds = all ? values.every((value) => said.includes(value)) : values.some((value) => said.includes(value));
  // Nothing to hold is not for everybody.
  if (!holds || values.length === 0) throw badValue(name);
}

/** The texts of a claim in exactly this format. */
function textsOf(value: unknown, format: AdditionalClaim['format']): readonly string[] | undefined {
  if (format === 'string-array') {
    return Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined;
  }
  if (typeof value !== 'string') return undefined;
  return format === 'single-string' ? [value] : value.split(' ').filter((part) => part !== '');
}

function present(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  throw new AuthFailure('JWTClaimNotPresent', `the token has no claim ${name}`);
}

/** RFC 7519 section 2, NumericDate, in milliseconds. */
function instant(name: string, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw badFormat(name);
  return value * 1000;
}

function badFormat(name: string): AuthFailure {
  return new AuthFailure('JWTClaimFormatInvalid', `the claim ${name} of the token is not of the format it must have`);
}

function badValue(name: string): AuthFailure {
  return new AuthFailure('JWTClaimValueInvalid', `the claim ${name} of the token has not the value it must have`);
}
