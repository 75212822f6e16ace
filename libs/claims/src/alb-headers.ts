import { ClaimsError } from './error.ts';

/**
 * A request's headers as they came: name, value, name, value… (`rawHeaders` of Node's `IncomingMessage`).
 * Node's `headers` object will not do: it joins or drops duplicates, which is just what must be seen.
 */
export type RawHeaders = readonly string[];

/** What a load balancer adds to a request of a signed-in user. */
export interface AlbHeaders {
  /** `x-amzn-oidc-data`: the user's claims, signed by the load balancer. */
  readonly data: string;
  /** `x-amzn-oidc-identity`: the subject, unsigned. */
  readonly identity: string;
  /** `x-amzn-oidc-accesstoken`: Cognito's access token. */
  readonly accessToken: string;
}

const PREFIX = 'x-amzn-oidc-';
const DATA = `${PREFIX}data`;
const IDENTITY = `${PREFIX}identity`;
const ACCESS_TOKEN = `${PREFIX}accesstoken`;

/** Whether any header of the request is, or could be taken for, one of the load balancer's identity headers. */
export function hasAlbHeaders(rawHeaders: RawHeaders): boolean {
  for (let i = 0; i < rawHeaders.length; i += 2) if (albName(rawHeaders[i] ?? '') !== undefined) return true;
  return false;
}

/**
 * Reads the load balancer's three headers; each must be there exactly once. One pass, since every request pays for it.
 *
 * @throws {ClaimsError} `HEADER_LOOKALIKE`, `HEADER_DUPLICATE`, `DATA_MISSING`, `IDENTITY_MISSING`,
 *   `ACCESS_TOKEN_MISSING`
 */
export function readAlbHeaders(rawHeaders: RawHeaders): AlbHeaders {
  let data: string | undefined;
  let identity: string | undefined;
  let accessToken: string | undefined;
  let duplicate: string | undefined;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = albName(rawHeaders[i] ?? '');
    if (name === undefined) continue;
    if (!name.startsWith(PREFIX)) throw new ClaimsError('HEADER_LOOKALIKE');
    const value = rawHeaders[i + 1] ?? '';
    if (name === DATA) {
      if (data !== undefined || value.includes(',')) duplicate ??= name;
      data = value;
    } else if (name === IDENTITY) {
      if (identity !== undefined || value.includes(',')) duplicate ??= name;
      identity = value;
    } else if (name === ACCESS_TOKEN) {
      if (accessToken !== undefined || value.includes(',')) duplicate ??= name;
      accessToken = value;
    }
  }
  if (duplicate !== undefined) throw new ClaimsError('HEADER_DUPLICATE', duplicate);
  if (!data) throw new ClaimsError('DATA_MISSING');
  if (!identity) throw new ClaimsError('IDENTITY_MISSING');
  if (!accessToken) throw new ClaimsError('ACCESS_TOKEN_MISSING');
  return { data, identity, accessToken };
}

/**
 * The value of a header that may come once at most.
 *
 * @throws {ClaimsError} `HEADER_DUPLICATE` when it came twice, or as one value joined by commas
 */
export function single(rawHeaders: RawHeaders, name: string): string | undefined {
  const values = rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
  if (values.length > 1 || values[0]?.includes(',')) throw new ClaimsError('HEADER_DUPLICATE', name);
  return values[0];
}

/**
 * The name in lower case, if it is one of the load balancer's or folds to one: CGI, WSGI and their like make `-`, `_`
 * and `.` the same. Most names are done with at their first letters.
 */
function albName(name: string): string | undefined {
  if (!isLetter(name, 0, X) || !isLetter(name, 2, A)) return undefined;
  const lower = name.toLowerCase();
  return lower.startsWith(PREFIX) || lower.replace(/[^a-z0-9]/g, '-').startsWith(PREFIX) ? lower : undefined;
}

const X = 'x'.charCodeAt(0);
const A = 'a'.charCodeAt(0);

function isLetter(text: string, index: number, lowerCase: number): boolean {
  return (text.charCodeAt(index) | 0x20) === lowerCase;
}
