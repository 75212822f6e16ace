import { type RawHeaders } from '../../alb-headers.ts';
import { type ClaimsErrorCode } from '../../error.ts';
import { pad } from '../../testing/encode.ts';
import { type LocalLogin, LocalPool } from '../../testing/index.ts';
import { ALICE, SETTINGS } from '../world.ts';

/** A request that must be refused, and what the refusal is called. */
export interface Attack {
  readonly name: string;
  readonly code: ClaimsErrorCode;
  readonly rawHeaders: (login: LocalLogin) => RawHeaders;
  /** Whether the key host may be asked about it: only when all else is in order. */
  readonly mayFetch?: true;
}

export const DATA = 'x-amzn-oidc-data';
export const IDENTITY = 'x-amzn-oidc-identity';
export const ACCESS = 'x-amzn-oidc-accesstoken';

export const OTHER_ISSUER = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Attacker1';

/** A load balancer of the same region, and so with the same keys. */
export const OTHER_ALB = SETTINGS.albArn.replace('gatehouse/0', 'attacker/f');

/** Another pool: its keys are not ours, whatever its tokens say. */
export const STRANGER = new LocalPool();

export type Json = Record<string, unknown>;

export const seconds = (): number => Math.floor(Date.now() / 1000);

/** Alice's headers with some of them replaced; null leaves one out. */
export function alice(login: LocalLogin, change: Readonly<Record<string, string | null>> = {}): RawHeaders {
  const headers = { [DATA]: login.dataTokenOf(ALICE), [IDENTITY]: ALICE.subject, [ACCESS]: login.accessTokenOf(ALICE) };
  return Object.entries({ ...headers, ...change }).flatMap(([name, value]) => (value === null ? [] : [name, value]));
}

/** Alice's request with another data token. */
export function dataAttack(
  name: string,
  code: ClaimsErrorCode,
  token: (login: LocalLogin) => string,
  mayFetch?: true,
): Attack {
  return { name, code, rawHeaders: (login) => alice(login, { [DATA]: token(login) }), ...(mayFetch && { mayFetch }) };
}

export function parseText(json: string): Json {
  return JSON.parse(json) as Json;
}

export function parsePart(part: string | undefined): Json {
  return parseText(Buffer.from(part ?? '', 'base64url').toString());
}

/** Without the signature. */
export function signedInput(token: string): string {
  return token.replace(/\.[^.]*$/, '');
}

/**
 * The letter after the last one of a signature of 64 or 256 bytes. It decodes to the same bytes: only two of that
 * letter's six bits count.
 */
export function nextLetter(last: string): string {
  return String.fromCharCode(last.charCodeAt(0) + 1);
}

/** Alice's data token with header and payload changed, signed again by the region's genuine key. */
export function resigned(login: LocalLogin, header: Json, payload: Json = {}): string {
  const [headerPart, payloadPart] = login.dataTokenOf(ALICE).split('.');
  return login.signer.sign({ ...parsePart(headerPart), ...header }, { ...parsePart(payloadPart), ...payload });
}

/** Alice's access token with claims changed, signed again, by the genuine pool unless another is given. */
export function reissued(login: LocalLogin, payload: Json, header: Json = {}, pool = login.pool): string {
  const [headerPart, payloadPart] = login.accessTokenOf(ALICE).split('.');
  return pool.sign({ ...parsePart(headerPart), ...header }, { ...parsePart(payloadPart), ...payload });
}

/** Alice's data token with another JSON text in place of header or payload; the signature is the old one's. */
export function rewritten(part: 0 | 1, rewrite: (json: string) => string | Buffer): (login: LocalLogin) => string {
  return (login) => {
    const parts = login.dataTokenOf(ALICE).split('.');
    const json = Buffer.from(parts[part] ?? '', 'base64url').toString();
    parts[part] = pad(Buffer.from(rewrite(json)).toString('base64url'));
    return parts.join('.');
  };
}
