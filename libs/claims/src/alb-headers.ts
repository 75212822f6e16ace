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

/** Whether any header of the request is, or could be taken for, one of the load balancer's identity headers. */
export function hasAlbHeaders(rawHeaders: RawHeaders): boolean {
  return names(rawHeaders).some((name) => folded(name).startsWith(PREFIX));
}

/**
 * Reads the load balancer's three headers; each must be there exactly once.
 *
 * @throws {ClaimsError} `HEADER_LOOKALIKE`, `HEADER_DUPLICATE`, `DATA_MISSING`, `IDENTITY_MISSING`,
 *   `ACCESS_TOKEN_MISSING`
 */
export function readAlbHeaders(rawHeaders: RawHeaders): AlbHeaders {
  const lookalike = names(rawHeaders).some((name) => folded(name).startsWith(PREFIX) && !name.startsWith(PREFIX));
  if (lookalike) throw new ClaimsError('HEADER_LOOKALIKE');
  const data = single(rawHeaders, 'x-amzn-oidc-data');
  const identity = single(rawHeaders, 'x-amzn-oidc-identity');
  const accessToken = single(rawHeaders, 'x-amzn-oidc-accesstoken');
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

function names(rawHeaders: RawHeaders): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
}

/** As CGI, WSGI and their like fold names: `-`, `_` and `.` become one. */
function folded(name: string): string {
  return name.replace(/[^a-z0-9]/g, '-');
}
